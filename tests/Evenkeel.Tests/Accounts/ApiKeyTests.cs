using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Evenkeel.Accounts;
using Evenkeel.Contracts;
using Evenkeel.Contracts.Chats;
using Evenkeel.Contracts.Errors;
using Evenkeel.Contracts.Operations;
using Evenkeel.Tests.Chat;
using Evenkeel.Tests.Harness;
using Evenkeel.Tests.Models;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Npgsql;
using Shouldly;
using Xunit;

namespace Evenkeel.Tests.Accounts;

/// <summary>Keys for programs: made, shown once, used, expired, revoked; and what is written down of it.</summary>
public sealed class ApiKeyTests
{
    private const string Keys = "/api/v1/admin/keys";

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_key_is_shown_once_stored_as_a_hash_and_listed_by_its_beginning()
    {
        await using var server = await TestServer.StartAsync(new() { ["Roles"] = "web" });
        var account = await server.RegisterAsync();

        using var response = await account.Http.PostAsJsonAsync(
            Keys, new CreateApiKeyRequest { Name = " Dashboard ", Scopes = [ApiScope.EventsRead, ApiScope.EventsRead, ApiScope.OperationsRead] }, Wire.Json, Stop);

        response.StatusCode.ShouldBe(HttpStatusCode.Created);
        response.Headers.CacheControl!.NoStore.ShouldBeTrue();
        var created = (await response.Content.ReadFromJsonAsync<CreatedApiKey>(Wire.Json, Stop))!;
        created.Secret.ShouldStartWith("ek_");
        created.Secret.Length.ShouldBe(46);
        created.Secret.ShouldStartWith(created.Key.Prefix);
        created.Key.Scopes.ShouldBe([ApiScope.EventsRead, ApiScope.OperationsRead]);
        (await account.GetAsync<Page<ApiKey>>(Keys)).Items.ShouldHaveSingleItem().ShouldBeEquivalentTo(created.Key);
        (await account.Http.GetStringAsync(Keys, Stop)).ShouldNotContain(created.Secret);
        (await DumpAsync(server)).ShouldNotContain(created.Secret[3..]);

        var entry = (await account.GetAsync<Page<AuditEntry>>("/api/v1/admin/audit")).Items.ShouldHaveSingleItem();
        (entry.Action, entry.Target, entry.UserId).ShouldBe(("api_key.created", created.Key.Id.ToString(), account.SignedIn.User.Id));
        entry.Data!.Value.GetProperty("name").GetString().ShouldBe("Dashboard");
        // Another organization sees neither.
        var other = await server.RegisterAsync();
        (await other.GetAsync<Page<ApiKey>>(Keys)).Items.ShouldBeEmpty();
        (await other.GetAsync<Page<AuditEntry>>("/api/v1/admin/audit")).Items.ShouldBeEmpty();
        (await other.Http.DeleteAsync($"{Keys}/{created.Key.Id}", Stop)).StatusCode.ShouldBe(HttpStatusCode.NotFound);
    }

    [Theory]
    [InlineData("""{"scopes":["events:read"]}""", "name")]
    [InlineData("""{"name":"a"}""", "scopes")]
    [InlineData("""{"name":"a","scopes":[]}""", "scopes")]
    [InlineData("""{"name":"a","scopes":["events:delete"]}""", "scopes")]
    [InlineData("""{"name":"a","scopes":[null]}""", "scopes")]
    [InlineData("""{"name":"a","scopes":["events:read"],"expires_at":"2001-01-01T00:00:00Z"}""", "expires_at")]
    public async Task A_key_without_a_name_or_a_known_scope_or_with_a_past_end_is_refused(string body, string field)
    {
        await using var server = await AccountsServer.StartAsync();
        var signedIn = await server.RegisterAsync();

        var answer = await server.PostAsync(Keys, System.Text.Json.Nodes.JsonNode.Parse(body), signedIn.AccessToken);

        answer.Status.ShouldBe(HttpStatusCode.BadRequest);
        answer.Fields.ShouldBe([field]);
    }

    [Fact]
    public async Task A_revoked_key_is_refused_at_once_here_and_within_five_seconds_on_another_node()
    {
        var clock = new ManualClock();
        await using var server = await StartAsync(clock);
        await using var second = await StartAsync(clock, server.Database);
        var account = await server.RegisterAsync();
        var created = await CreateAsync(account);
        (await CheckAsync(server, created)).State.ShouldBe(TokenState.Valid);
        (await CheckAsync(second, created)).Caller!.ShouldSatisfyAllConditions(
            caller => caller.Role.ShouldBe(MemberRole.Key),
            caller => caller.UserId.ShouldBe(created.Key.Id),
            caller => caller.OrganizationId.ShouldBe(account.SignedIn.Organization.Id),
            caller => caller.Scopes.ShouldBe([ApiScope.EventsRead]));

        (await account.Http.DeleteAsync($"{Keys}/{created.Key.Id}", Stop)).StatusCode.ShouldBe(HttpStatusCode.NoContent);
        (await account.Http.DeleteAsync($"{Keys}/{created.Key.Id}", Stop)).StatusCode.ShouldBe(HttpStatusCode.NoContent);

        (await CheckAsync(server, created)).State.ShouldBe(TokenState.Invalid);
        (await CheckAsync(second, created)).State.ShouldBe(TokenState.Valid);
        clock.Advance(TimeSpan.FromSeconds(5));
        (await CheckAsync(second, created)).State.ShouldBe(TokenState.Invalid);
        (await account.GetAsync<Page<ApiKey>>(Keys)).Items.ShouldHaveSingleItem().RevokedAt.ShouldNotBeNull();
        (await account.GetAsync<Page<AuditEntry>>("/api/v1/admin/audit")).Items.Select(entry => entry.Action).ShouldBe(["api_key.revoked", "api_key.created"], ignoreOrder: true);
    }

    [Fact]
    public async Task A_key_ends_when_it_says_and_tells_when_it_was_last_used_to_the_minute()
    {
        var clock = new ManualClock();
        await using var server = await StartAsync(clock);
        var account = await server.RegisterAsync();
        var created = await CreateAsync(account, clock.GetUtcNow() + TimeSpan.FromMinutes(10));

        (await CheckAsync(server, created)).State.ShouldBe(TokenState.Valid);
        var usedAt = clock.GetUtcNow();
        clock.Advance(TimeSpan.FromSeconds(20));
        (await LastUseAsync(account, at => at is not null)).ShouldBe(usedAt);
        await CheckAsync(server, created);
        clock.Advance(TimeSpan.FromSeconds(60));
        await CheckAsync(server, created);
        usedAt = clock.GetUtcNow();
        clock.Advance(TimeSpan.FromSeconds(20));
        (await LastUseAsync(account, at => at == usedAt)).ShouldBe(usedAt);

        clock.Advance(TimeSpan.FromMinutes(10));
        (await CheckAsync(server, created)).State.ShouldBe(TokenState.Expired);
        (await CheckAsync(server, created with { Secret = created.Secret[..^1] + (created.Secret[^1] == 'A' ? 'E' : 'A') })).State.ShouldBe(TokenState.Invalid);
    }

    [Fact]
    public async Task An_endpoint_that_takes_keys_refuses_those_that_are_unknown_or_lack_the_scope_and_the_description_names_them()
    {
        await using var server = await TestServer.StartAsync(new() { ["Roles"] = "web" });
        var account = await server.RegisterAsync();
        var read = await CreateAsync(account);
        var write = await CreateAsync(account, scope: ApiScope.EventsWrite);
        var path = $"/chat/events/{Guid.CreateVersion7()}";

        (await GetAsync(server, path, read.Secret)).ShouldBe((HttpStatusCode.NotFound, ErrorCode.NotFound));
        (await GetAsync(server, path, write.Secret)).ShouldBe((HttpStatusCode.Forbidden, ErrorCode.Forbidden));
        (await GetAsync(server, path, "ek_unknown")).ShouldBe((HttpStatusCode.Unauthorized, ErrorCode.TokenInvalid));
        (await GetAsync(server, path, null)).ShouldBe((HttpStatusCode.Unauthorized, ErrorCode.AuthRequired));
        // Nowhere else does a key count.
        (await GetAsync(server, Keys, read.Secret)).ShouldBe((HttpStatusCode.Unauthorized, ErrorCode.AuthRequired));

        var document = JsonDocument.Parse(await server.Http.GetStringAsync("/openapi/v1.json", Stop)).RootElement;
        document.GetProperty("components").GetProperty("securitySchemes").GetProperty("api_key").GetProperty("name").GetString().ShouldBe("X-API-Key");
        document.GetProperty("paths").GetProperty("/chat/events/{session_id}").GetProperty("get").GetProperty("security").GetRawText().ShouldContain("events:read");
    }

    private static Task<TestServer> StartAsync(ManualClock clock, TestDatabase? database = null) => TestServer.StartAsync(
        new() { ["Roles"] = "web" }, services => services.Replace(ServiceDescriptor.Singleton<TimeProvider>(clock)), database);

    private static async Task<CreatedApiKey> CreateAsync(TestAccount account, DateTimeOffset? expiresAt = null, string scope = ApiScope.EventsRead)
    {
        using var response = await account.Http.PostAsJsonAsync(
            Keys, new CreateApiKeyRequest { Name = "Program", Scopes = [scope], ExpiresAt = expiresAt }, Wire.Json, Stop);
        return (await response.Content.ReadFromJsonAsync<CreatedApiKey>(Wire.Json, Stop))!;
    }

    private static async Task<TokenCheck> CheckAsync(TestServer server, CreatedApiKey key) =>
        await server.Services.GetRequiredService<IApiKeys>().CheckAsync(key.Secret, Stop);

    private static async Task<DateTimeOffset?> LastUseAsync(TestAccount account, Func<DateTimeOffset?, bool> isSo)
    {
        var seen = await Eventually.SeeAsync("the last use", async () =>
        {
            var key = (await account.GetAsync<Page<ApiKey>>(Keys)).Items[0];
            return isSo(key.LastUsedAt) ? key : null;
        });
        return seen.LastUsedAt;
    }

    private static async Task<(HttpStatusCode Status, string? Code)> GetAsync(TestServer server, string path, string? key)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        if (key is not null)
        {
            request.Headers.Add("X-API-Key", key);
        }

        using var response = await server.Http.SendAsync(request, Stop);
        return (response.StatusCode, (await response.Content.ReadFromJsonAsync<ErrorEnvelope>(Wire.Json, Stop))?.ErrorCode);
    }

    private static async Task<string> DumpAsync(TestServer server)
    {
        await using var source = NpgsqlDataSource.Create(server.Database.AdministratorConnectionString);
        await using var command = source.CreateCommand("SELECT string_agg(t::text, ' ') FROM api_keys t");
        return (string)(await command.ExecuteScalarAsync(Stop))!;
    }
}
