"""The site over both databases: in, a decision, a token, out."""

from functools import partial

from pyotp import TOTP

from referral.accounts.roles import Role
from referral.store import accounts, invitations, offers
from referral.store.audit import audit
from referral.store.invitations import Invitation
from referral.store.submissions import save_submission
from tests.referral.web.coordinators.conftest import LAPLAND, assigned
from tests.referral.web.coordinators.test_account import ask, fetched, send, token_of
from tests.referral.web.coordinators.test_signing_in import of, secret_of, signed_in
from tests.referral.web.coordinators.things import submission

NEW = "uusi pitkä salasana täällä"


async def test_a_working_day(database, opened, clients, clock):
    def prepare(connection):
        id = accounts.add(connection, "lappi@example.org")
        accounts.assign(connection, id, assigned(Role.REGIONAL, LAPLAND, clock))
        invitations.invite(connection, "link", Invitation("lappi@example.org", "", "", clock().date()))
        return save_submission(connection, submission(LAPLAND), LAPLAND, clock().date())

    id = await database.write(prepare)
    client = clients()
    async with opened(database=database) as site:
        link = f"{site}/coordinators/invitation/link"
        secret = of((await ask(client, link))[1], "totp")
        code = TOTP(secret).at(int(clock.moment.timestamp()))
        assert (await send(client, link, totp=secret, password=NEW, again=NEW, code=code))[0] == 200
        form = await secret_of(client, site)
        status, page = await ask(client, f"{site}/coordinators/directory/submissions/{id}")
        assert status == 200
        assert "Where people may come from: Rovaniemi" in page
        accept = f"{site}/coordinators/directory/submissions/{id}/accept"
        assert (await send(client, accept, form_secret=form))[0] == 303
        for path in ("", "/offers?show=all", "/twins", "/imports"):
            assert (await ask(client, f"{site}/coordinators/directory{path}"))[0] == 200
        status, token = await token_of(client, site)
        assert (await fetched(clients(), f"{site}/coordinators/api/releases", token))[0] == 200
        assert (await send(client, f"{site}/coordinators/sign-out", form_secret=form))[0] == 303
        assert not await signed_in(client, site)
    (stored,) = await database.read(partial(offers.of_sources, sources=["provider"]))
    assert stored.offer.organisation.names == {"fi": "Rovaniemen digitalkoot ry"}
    done = [deed.action for deed in await database.read(audit)]
    assert sorted(done) == ["accepted", "joined", "signed_out", "token_made"]
