"""The words of exports."""

from locales.text import say

TITLE = say("Export: {what}")
LEAD = say(
    "A file with the numbers that you see, for a spreadsheet or a program. What is exported, by whom and its checksum "
    "are written into the record of what was done."
)
WHAT = say("What")
FILTERED = say("As chosen: {what}")
ALL = say("Everything of {period} that you may see, all tables")
SUPPLY = say("Demand against supply: {what}, by municipality, as of today")
FORMAT = say("Format")
FORMATS = {
    "xlsx": say("XLSX, a workbook with a sheet that explains every column and rule"),
    "csv": say("CSV with commas"),
    "csv-semicolon": say("CSV with semicolons, as Excel reads it in Finnish and Swedish"),
    "json": say("JSON, for programs; the whole release of the whole country is byte for byte the stored one"),
}
SUPPLY_SHEET = say("Demand against supply")
STORED = say("sha256 of the stored release")
AS_OF = say("Supply as of")
DEMAND_OF = say("Demand of")
NO_DEMAND = say("nothing: only a year tells of municipalities")
TAKE = say("Export")
HARMLESS = say("Cells that a spreadsheet could run as a formula are written as text.")
FOR_PROGRAMS = say("For programs")
API = say(
    "A program gets the same with a token from your account page: {address} lists what is out, and each export is "
    "recorded in the same way."
)
NOT_RECORDED = say(
    "The export was not made, because it could not be recorded. Nothing is wrong with the numbers. Please try again in "
    "a minute."
)
NO_SUCH = say("Nothing of that name has been released, or the format is not known.")
NOT_PUBLISHED = say(
    "This is not published: the period is not out, a filter is not known, or these filters are never told together."
)
