using System.Net;
using System.Text;
using Dapper;
using Evenkeel.Accounts;
using Evenkeel.Platform.Data;
using Microsoft.Extensions.DependencyInjection;
using Shouldly;
using Xunit;

namespace Evenkeel.Tests.Accounts;

public sealed class RegistrationTests
{
    [Fact]
    public async Task Registering_makes_an_owner_of_a_new_organization()
    {
        await using var server = await AccountsServer.StartAsync();

        var answer = await server.PostAsync("/auth/register", new { email = " Ada@Example.org ", password = AccountsServer.Password, locale = "zh-CN" });

        answer.Status.ShouldBe(HttpStatusCode.Created);
        answer.Headers.CacheControl!.NoStore.ShouldBeTrue();
        var me = await server.GetAsync("/auth/me", answer.Text("access_token"));
        ((string)me.Body!["user"]!["email"]!).ShouldBe("ada@example.org");
        ((string)me.Body["user"]!["display_name"]!).ShouldBe("ada");
        ((string)me.Body["user"]!["locale"]!).ShouldBe("zh");
        ((string)me.Body["organization"]!["name"]!).ShouldBe("ada 的组织");
        ((string)me.Body["role"]!).ShouldBe("owner");
    }

    [Fact]
    public async Task Names_are_kept_as_they_are_written()
    {
        const string Name = "<script>alert('x')</script>'; DROP TABLE users; --";
        await using var server = await AccountsServer.StartAsync();

        var answer = await server.PostAsync(
            "/auth/register", new { email = "a@example.org", password = AccountsServer.Password, display_name = Name, organization_name = Name });

        ((string)answer.Body!["user"]!["display_name"]!).ShouldBe(Name);
        ((string)answer.Body["organization"]!["name"]!).ShouldBe(Name);
    }

    [Fact]
    public async Task A_taken_email_is_a_conflict_that_names_the_field()
    {
        await using var server = await AccountsServer.StartAsync();
        var first = await server.RegisterAsync();

        var answer = await server.PostAsync("/auth/register", new { email = first.User.Email.ToUpperInvariant(), password = AccountsServer.Password });

        answer.Status.ShouldBe(HttpStatusCode.Conflict);
        answer.ErrorCode.ShouldBe("conflict");
        answer.Fields.ShouldBe(["email"]);
    }

    [Fact]
    public async Task A_body_over_64_kilobytes_is_refused()
    {
        await using var server = await AccountsServer.StartAsync();

        var answer = await server.PostAsync("/auth/register", new { email = new string('x', 70_000), password = AccountsServer.Password });

        answer.Status.ShouldBe(HttpStatusCode.RequestEntityTooLarge);
        answer.ErrorCode.ShouldBe("invalid_request");
    }

    [Fact]
    public async Task Invalid_json_and_utf8_change_nothing()
    {
        await using var server = await AccountsServer.StartAsync();
        foreach (var body in new[] { "{"u8.ToArray(), [.. "{\"email\":\""u8, 0xff, 0xfe, .. "\"}"u8], "{\"email\":\"\\ud800\"}"u8.ToArray(), "null"u8.ToArray() })
        {
            using var content = new ByteArrayContent(body);
            content.Headers.ContentType = new("application/json");
            using var response = await server.Http.PostAsync("/auth/register", content, TestContext.Current.CancellationToken);
            response.StatusCode.ShouldBe(HttpStatusCode.BadRequest, Encoding.Latin1.GetString(body));
        }

        (await CountAsync(server, "users")).ShouldBe(0);
    }

    [Fact]
    public async Task Initializers_write_in_the_new_organization_and_their_failure_undoes_the_registration()
    {
        var initializer = new Initializer();
        await using var server = await AccountsServer.StartAsync(services => services.AddSingleton<IOrganizationInitializer>(initializer));
        var first = await server.RegisterAsync();
        initializer.Seen.ShouldHaveSingleItem().ShouldBe((first.Organization.Id, first.User.Id, 1));

        initializer.Fails = true;
        await Should.ThrowAsync<InvalidOperationException>(() => RegisterDirectlyAsync(server));

        (await CountAsync(server, "users")).ShouldBe(1);
        (await CountAsync(server, "organizations")).ShouldBe(1);
    }

    [Theory]
    [InlineData("closed")]
    [InlineData("invite")]
    public async Task Where_registration_is_not_open_only_the_first_account_is_made(string policy)
    {
        await using var server = await AccountsServer.StartAsync(("Accounts:Registration", policy));

        var answers = await Task.WhenAll(Enumerable.Range(0, 4).Select(number =>
            server.PostAsync("/auth/register", new { email = $"racer{number}@example.org", password = AccountsServer.Password })));

        answers.Count(answer => answer.Status == HttpStatusCode.Created).ShouldBe(1);
        answers.Count(answer => answer.ErrorCode == "forbidden").ShouldBe(3);
    }

    [Fact]
    public async Task Registrations_from_one_address_are_limited()
    {
        await using var server = await AccountsServer.StartAsync(("Accounts:RegistrationsPerMinute", "2"));
        await server.RegisterAsync();
        await server.RegisterAsync();

        var answer = await server.PostAsync("/auth/register", new { email = "third@example.org", password = AccountsServer.Password });

        answer.Status.ShouldBe(HttpStatusCode.TooManyRequests);
        answer.Headers.RetryAfter!.Delta.ShouldBe(TimeSpan.FromMinutes(1));
        server.Clock.Advance(TimeSpan.FromMinutes(1));
        await server.RegisterAsync();
    }

    private static async Task RegisterDirectlyAsync(AccountsServer server)
    {
        var register = server.Services.GetRequiredService<Evenkeel.Accounts.Registration.Register>();
        await register.RunAsync(new("b@example.org", AccountsServer.Password, "b", "b", "en"), TestContext.Current.CancellationToken);
    }

    private static Task<int> CountAsync(AccountsServer server, string table) =>
        server.Database.QueryFirstOrDefaultAsync<int>(DataScope.System, $"SELECT count(*)::int FROM {table}", null, TestContext.Current.CancellationToken);

    private sealed class Initializer : IOrganizationInitializer
    {
        public List<(Guid Organization, Guid Owner, int VisibleOrganizations)> Seen { get; } = [];

        public bool Fails { get; set; }

        public async Task InitializeAsync(ScopedTransaction transaction, NewOrganization organization, CancellationToken cancellationToken)
        {
            if (Fails)
                throw new InvalidOperationException("The initializer fails.");
            var visible = await transaction.Connection.ExecuteScalarAsync<int>("SELECT count(*)::int FROM organizations", transaction: transaction.Transaction);
            Seen.Add((organization.Id, organization.OwnerId, visible));
        }
    }
}
