"""The routes of the situation picture; ``entries`` says who may use them."""

from aiohttp import web

from referral.demand.frame import Frame
from referral.web.coordinators.enter import route
from referral.web.coordinators.office import Office
from referral.web.coordinators.situation import address
from referral.web.coordinators.situation.export_page import API, ExportPage
from referral.web.coordinators.situation.picture_page import PicturePage
from referral.web.coordinators.situation.reading import Reading
from referral.web.coordinators.situation.report_page import ReportPage
from referral.web.coordinators.situation.supply_page import SupplyPage


def situation_routes(office: Office, frame: Frame, reading: Reading) -> tuple[web.RouteDef, ...]:
    """Every page, form and file; ``frame`` is the public order that releases are made in."""
    exports, report = ExportPage(office, frame, reading), ReportPage(office, frame, reading)
    return (
        route(office, "GET", address.PICTURE, PicturePage(office, frame, reading).show),
        route(office, "GET", address.SUPPLY, SupplyPage(office, frame, reading).show),
        route(office, "GET", address.EXPORT, exports.ask),
        route(office, "POST", address.EXPORT, exports.send),
        route(office, "GET", address.REPORT, report.show),
        route(office, "POST", address.REPORT, report.write),
        route(office, "GET", API, exports.listed),
        route(office, "GET", f"{API}/{{period}}", exports.fetched),
    )
