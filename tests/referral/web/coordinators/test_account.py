"""One's own account."""

from referral.accounts.roles import Role


async def test_the_account_says_what_one_may_do(site, enter):
    client = await enter(Role.REGIONAL, "19")
    answer = await client.get(f"{site}/coordinators/account")
    assert answer.status == 200
    page = await answer.text()
    assert "Regional coordinator, Lapland" in page
    assert "regional19@example.org" in page
