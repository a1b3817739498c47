using System.Net;
using System.Net.Http.Json;
using Evenkeel.Accounts.Credits;
using Evenkeel.Contracts;
using Evenkeel.Contracts.Accounts;
using Evenkeel.Contracts.Chats;
using Evenkeel.Platform.Background;
using Evenkeel.Tests.Accounts;
using Evenkeel.Tests.Chat;
using Evenkeel.Tests.Harness;
using Evenkeel.Tests.Models;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Shouldly;
using Xunit;

namespace Evenkeel.Tests.Credits;

/// <summary>Balance, ledger, grants, plans and refills as administrators see them.</summary>
public sealed class CreditEndpointTests
{
    private const string Grants = "/api/v1/admin/credits/grants";
    private const string Plan = "/api/v1/admin/credits/plan";

    private static readonly Dictionary<string, string?> Metered = new()
    {
        ["Roles"] = "web",
        ["Credits:Plans:team:MonthlyAllowance"] = "100",
        ["Credits:Plans:large:MonthlyAllowance"] = "250.5",
    };

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_new_organization_is_not_metered_unless_the_default_plan_is()
    {
        await using var free = await TestServer.StartAsync(new() { ["Roles"] = "web" });
        var status = await StatusAsync(await free.RegisterAsync());
        (status.Plan, status.IsMetered, status.Balance, status.NextRefillAt).ShouldBe(("unlimited", false, null, null));
        status.Plans.ShouldHaveSingleItem().ShouldBe(new CreditPlanChoice("unlimited", null));

        await using var metered = await TestServer.StartAsync(new(Metered) { ["Credits:DefaultPlan"] = "team" });
        var account = await metered.RegisterAsync();
        status = await StatusAsync(account);
        (status.Plan, status.IsMetered, status.Balance, status.Held, status.MonthlyAllowance).ShouldBe(("team", true, 100m, 0m, 100m));
        status.NextRefillAt!.Value.Day.ShouldBe(1);
        (await EntriesAsync(account)).ShouldHaveSingleItem().Kind.ShouldBe(CreditEntryKind.Refill);
    }

    [Fact]
    public async Task A_grant_adds_to_the_balance_says_who_and_why_and_counts_once()
    {
        await using var server = await TestServer.StartAsync(new(Metered) { ["Credits:DefaultPlan"] = "team" });
        var account = await server.RegisterAsync();
        // Whatever the client calls it, the ledger keeps its order.
        var id = Guid.Parse("ffffffff-ffff-4fff-bfff-ffffffffffff");

        (await PostAsync(account, Grants, new { amount = 12.345m, note = "  trial  ", grant_id = id })).Balance.ShouldBe(112.345m);
        (await PostAsync(account, Grants, new { amount = 12.345m, note = "trial", grant_id = id })).Balance.ShouldBe(112.345m);
        (await PostAsync(account, Grants, new { amount = -12m, note = "a mistake" })).Balance.ShouldBe(100.345m);

        var entries = await EntriesAsync(account);
        entries.Select(entry => (entry.Kind, entry.Amount, entry.Note)).ShouldBe([("grant", -12m, "a mistake"), ("grant", 12.345m, "trial"), ("refill", 100m, entries[2].Note)]);
        entries[1].ActorId.ShouldBe(account.SignedIn.User.Id);
    }

    [Theory]
    [InlineData("""{"note":"why"}""", "amount")]
    [InlineData("""{"amount":0,"note":"why"}""", "amount")]
    [InlineData("""{"amount":0.0001,"note":"why"}""", "amount")]
    [InlineData("""{"amount":1000000001,"note":"why"}""", "amount")]
    [InlineData("""{"amount":1}""", "note")]
    [InlineData("""{"amount":1,"note":" "}""", "note")]
    public async Task A_grant_without_a_sensible_amount_or_a_reason_is_refused(string body, string field)
    {
        await using var server = await AccountsServer.StartAsync();
        var signedIn = await server.RegisterAsync();

        var answer = await server.PostAsync(Grants, System.Text.Json.Nodes.JsonNode.Parse(body), signedIn.AccessToken);

        answer.Status.ShouldBe(HttpStatusCode.BadRequest);
        answer.Fields.ShouldBe([field]);
    }

    [Fact]
    public async Task Another_plan_is_in_force_at_once_and_changing_to_and_fro_gives_nothing_more()
    {
        await using var server = await TestServer.StartAsync(Metered);
        var account = await server.RegisterAsync();

        (await PostAsync(account, Plan, new { plan = "TEAM" })).Balance.ShouldBe(100m);
        (await PostAsync(account, Plan, new { plan = "large" })).Balance.ShouldBe(250.5m);
        (await PostAsync(account, Plan, new { plan = "team" })).Balance.ShouldBe(250.5m);
        (await PostAsync(account, Plan, new { plan = "large" })).Balance.ShouldBe(250.5m);
        (await PostAsync(account, Plan, new { plan = "unlimited" })).Balance.ShouldBeNull();
        (await PostAsync(account, Plan, new { plan = "unlimited" })).IsMetered.ShouldBeFalse();
        (await PostAsync(account, Plan, new { plan = "team" })).Balance.ShouldBe(250.5m);

        (await EntriesAsync(account)).Where(entry => entry.Kind == CreditEntryKind.Plan).Select(entry => entry.Note)
            .ShouldBe(["team", "unlimited", "large", "team", "large", "team"]);
        using var unknown = await account.Http.PostAsJsonAsync(Plan, new { plan = "gold" }, Stop);
        unknown.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
    }

    [Fact]
    public async Task The_balance_is_filled_up_once_a_month_however_many_nodes_do_it()
    {
        var clock = new ManualClock();
        await using var server = await StartAsync(clock);
        await using var second = await StartAsync(clock, server.Database);
        var account = await server.RegisterAsync();
        var richer = await server.RegisterAsync();
        await PostAsync(account, Grants, new { amount = -60m, note = "used" });
        await PostAsync(richer, Grants, new { amount = 60m, note = "extra" });

        await Task.WhenAll(Enumerable.Range(0, 8).Select(place => RefillAsync(place % 2 == 0 ? server : second)));
        (await StatusAsync(account)).Balance.ShouldBe(40m);

        // 2020-01-01 is where the clock begins.
        clock.Advance(TimeSpan.FromDays(31));
        await Task.WhenAll(Enumerable.Range(0, 8).Select(place => RefillAsync(place % 2 == 0 ? server : second)));
        await SignInAgainAsync(account);
        await SignInAgainAsync(richer);
        (await StatusAsync(account)).Balance.ShouldBe(100m);
        (await StatusAsync(richer)).Balance.ShouldBe(160m, "what was granted beyond the allowance stays");
        (await EntriesAsync(account)).Where(entry => entry.Kind == CreditEntryKind.Refill).Select(entry => (entry.Amount, entry.Note))
            .ShouldBe([(60m, "2020-02"), (100m, "2020-01")]);
    }

    [Fact]
    public async Task Settings_that_changed_are_applied_to_the_accounts_that_exist()
    {
        await using var before = await TestServer.StartAsync(new() { ["Roles"] = "web" });
        var account = await before.RegisterAsync();
        await before.Database.ChangeAsync("DELETE FROM credit_accounts WHERE organization_id = $1", account.SignedIn.Organization.Id);
        var chosen = await before.RegisterAsync();
        await PostAsync(chosen, Plan, new { plan = "unlimited" });

        await using var after = await TestServer.StartAsync(new(Metered) { ["Credits:DefaultPlan"] = "team", ["Data:Directory"] = before.DataDirectory }, database: before.Database);

        await Eventually.HoldAsync("the refill", async () => (await StatusAsync(account, after)).Balance == 100m);
        (await StatusAsync(chosen, after)).IsMetered.ShouldBeFalse();
    }

    [Theory]
    [InlineData("Credits:DefaultPlan", "gold")]
    [InlineData("Credits:Plans:team:MonthlyAllowance", "-1")]
    [InlineData("Credits:Plans:unlimited:MonthlyAllowance", "5")]
    [InlineData("Credits:Plans:a b:MonthlyAllowance", "5")]
    [InlineData("Credits:Prices:0:PerAnswer", "1")]
    [InlineData("Credits:DefaultPrice:Per1kInputTokens", "-0.1")]
    public async Task A_setting_that_makes_no_sense_stops_the_start(string name, string value) =>
        (await Should.ThrowAsync<Exception>(() => TestServer.StartAsync(new() { [name] = value }))).ToString().ShouldContain("Credits");

    [Fact]
    public async Task Members_see_the_balance_admins_the_ledger_and_only_owners_choose_the_plan()
    {
        await using var server = await TestServer.StartAsync(Metered);
        var account = await server.RegisterAsync();

        await BecomeAsync(server, account, "admin");
        (await EntriesAsync(account)).ShouldBeEmpty();
        await PostAsync(account, Grants, new { amount = 1m, note = "by an admin" });
        await RefusedAsync(account.Http.PostAsJsonAsync(Plan, new { plan = "team" }, Stop));

        await BecomeAsync(server, account, "member");
        (await StatusAsync(account)).Plan.ShouldBe("unlimited");
        await RefusedAsync(account.Http.GetAsync("/api/v1/credits/entries", Stop));
        await RefusedAsync(account.Http.PostAsJsonAsync(Grants, new { amount = 1m, note = "by a member" }, Stop));
    }

    [Fact]
    public async Task Nobody_sees_or_changes_another_organization_s_credits()
    {
        await using var server = await TestServer.StartAsync(new(Metered) { ["Credits:DefaultPlan"] = "team" });
        var (account, stranger) = (await server.RegisterAsync(), await server.RegisterAsync());
        var id = Guid.CreateVersion7();
        await PostAsync(account, Grants, new { amount = 5m, note = "mine", grant_id = id });

        (await PostAsync(stranger, Grants, new { amount = 7m, note = "another's id", grant_id = id })).Balance.ShouldBe(107m);

        (await StatusAsync(account)).Balance.ShouldBe(105m);
        (await EntriesAsync(stranger)).ShouldNotContain(entry => entry.Note == "mine");
    }

    [Fact]
    public async Task The_ledger_pages_from_the_newest_to_the_oldest()
    {
        await using var server = await TestServer.StartAsync(Metered);
        var account = await server.RegisterAsync();
        for (var amount = 1; amount <= 7; amount++)
        {
            await PostAsync(account, Grants, new { amount, note = "one of many" });
        }

        var seen = new List<decimal>();
        string? cursor = null;
        do
        {
            var page = await account.GetAsync<Page<CreditEntry>>($"/api/v1/credits/entries?limit=3{(cursor is null ? "" : $"&cursor={cursor}")}");
            seen.AddRange(page.Items.Select(entry => entry.Amount));
            cursor = page.NextCursor;
        }
        while (cursor is not null);

        seen.ShouldBe([7, 6, 5, 4, 3, 2, 1]);
    }

    private static Task<TestServer> StartAsync(ManualClock clock, TestDatabase? database = null) =>
        TestServer.StartAsync(
            new(Metered) { ["Credits:DefaultPlan"] = "team" },
            services => services.Replace(ServiceDescriptor.Singleton<TimeProvider>(clock)), database);

    private static async Task<CreditStatus> StatusAsync(TestAccount account, TestServer? through = null)
    {
        using var response = await account.Http.GetAsync(new Uri(through?.Address ?? account.Http.BaseAddress!, "/api/v1/credits"), Stop);
        return await response.ReadAsync<CreditStatus>(HttpStatusCode.OK);
    }

    private static async Task<IReadOnlyList<CreditEntry>> EntriesAsync(TestAccount account) =>
        (await account.GetAsync<Page<CreditEntry>>("/api/v1/credits/entries")).Items;

    private static async Task<CreditStatus> PostAsync(TestAccount account, string path, object body)
    {
        using var response = await account.Http.PostAsJsonAsync(path, body, Wire.Json, Stop);
        return await response.ReadAsync<CreditStatus>(HttpStatusCode.OK);
    }

    private static Task RefillAsync(TestServer server) =>
        ((BackgroundLoop)server.Services.GetServices<IHostedService>().Single(service => service is RefillCredits)).RunOnceAsync(Stop);

    private static Task RefusedAsync(Task<HttpResponseMessage> pending) => pending.RefusedAsync(HttpStatusCode.Forbidden, "forbidden");

    private static async Task BecomeAsync(TestServer server, TestAccount account, string role)
    {
        await server.Database.ChangeAsync("UPDATE memberships SET role = $1 WHERE user_id = $2", role, account.SignedIn.User.Id);
        await SignInAgainAsync(account);
    }

    private static async Task SignInAgainAsync(TestAccount account)
    {
        using var response = await account.Http.PostAsJsonAsync("/auth/login", new { email = account.SignedIn.User.Email, password = TestAccount.Password }, Stop);
        var signedIn = await response.ReadAsync<SignedInResponse>(HttpStatusCode.OK);
        account.Http.DefaultRequestHeaders.Authorization = new("Bearer", signedIn.AccessToken);
    }
}
