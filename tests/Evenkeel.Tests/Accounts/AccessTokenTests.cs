using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Evenkeel.Accounts;
using Evenkeel.Accounts.Tokens;
using Evenkeel.Platform.Data;
using Evenkeel.Tests.Chat;
using Evenkeel.Tests.Harness;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;
using Shouldly;
using Xunit;

namespace Evenkeel.Tests.Accounts;

public sealed class AccessTokenTests(SharedAccountsServer shared) : IClassFixture<SharedAccountsServer>
{
    [Fact]
    public async Task Without_a_token_sign_in_is_asked_for_before_the_body_is_read()
    {
        var server = shared.Server;

        var answer = await server.GetAsync("/auth/me");

        answer.Status.ShouldBe(HttpStatusCode.Unauthorized);
        answer.ErrorCode.ShouldBe("auth_required");
        answer.Headers.WwwAuthenticate.ToString().ShouldBe("Bearer");
        (await server.PostAsync("/auth/refresh-for-streaming", "not an object")).ErrorCode.ShouldBe("auth_required");
    }

    [Fact]
    public async Task A_token_expires_after_fifteen_minutes()
    {
        var server = shared.Server;
        var person = await server.RegisterAsync();
        server.Clock.Advance(TimeSpan.FromMinutes(15));
        (await server.GetAsync("/auth/me", person.AccessToken)).Status.ShouldBe(HttpStatusCode.OK, "within the skew allowed between clocks");

        server.Clock.Advance(TimeSpan.FromSeconds(10));

        var remembered = await server.GetAsync("/auth/me", person.AccessToken);
        remembered.Status.ShouldBe(HttpStatusCode.Unauthorized);
        remembered.ErrorCode.ShouldBe("token_expired");
    }

    [Fact]
    public async Task An_expired_token_that_was_never_seen_is_expired_too()
    {
        var server = shared.Server;
        var person = await server.RegisterAsync();

        server.Clock.Advance(TimeSpan.FromHours(1));

        (await server.GetAsync("/auth/me", person.AccessToken)).ErrorCode.ShouldBe("token_expired");
    }

    [Fact]
    public async Task Tokens_that_are_not_ours_are_invalid()
    {
        var server = shared.Server;
        var person = await server.RegisterAsync();
        var tokens = server.Services.GetRequiredService<IAccessTokens>();
        tokens.Check(person.AccessToken).State.ShouldBe(TokenState.Valid);

        foreach (var (name, token) in Forgeries(person.AccessToken, server.Services.GetRequiredService<SigningKey>()))
        {
            tokens.Check(token).ShouldBe(new TokenCheck(TokenState.Invalid, null), name);
        }
    }

    [Fact]
    public async Task Others_can_verify_tokens_by_the_published_key()
    {
        var server = shared.Server;
        var person = await server.RegisterAsync();

        var answer = await server.GetAsync("/.well-known/jwks.json");

        var keys = new JsonWebKeySet(answer.Body!.ToJsonString());
        new JsonWebTokenHandler().ValidateToken(person.AccessToken, new TokenValidationParameters
        {
            ValidIssuer = "evenkeel",
            ValidAudience = "evenkeel",
            IssuerSigningKeys = keys.GetSigningKeys(),
            ValidateLifetime = false,
        }).IsValid.ShouldBeTrue();
        answer.Body["keys"]![0]!.AsObject().ContainsKey("d").ShouldBeFalse();
    }

    [Fact]
    public async Task Nodes_that_start_at_once_agree_on_one_key_and_accept_each_others_tokens()
    {
        await using var first = await TestServer.StartAsync(new() { ["Roles"] = "web" });
        await first.Database.ChangeAsync("DELETE FROM signing_keys");
        var others = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => TestServer.StartAsync(new() { ["Roles"] = "web" }, database: first.Database)));

        others.Select(server => server.Services.GetRequiredService<SigningKey>().Id).Distinct().ShouldHaveSingleItem();
        var person = await others[0].RegisterAsync();
        foreach (var other in others)
        {
            other.Services.GetRequiredService<IAccessTokens>().Check(person.SignedIn.AccessToken).State.ShouldBe(TokenState.Valid);
            await other.DisposeAsync();
        }
    }

    [Fact]
    public async Task The_key_file_of_an_earlier_release_is_taken_over()
    {
        var folder = TestFolder.New("data");
        Directory.CreateDirectory(Path.Combine(folder, "keys"));
        var pem = SigningKey.NewPem();
        await File.WriteAllTextAsync(Path.Combine(folder, "keys", "access-tokens.pem"), pem, TestContext.Current.CancellationToken);

        await using var server = await TestServer.StartAsync(new() { ["Roles"] = "web", ["Data:Directory"] = folder });

        using var expected = SigningKey.Parse(pem, "the file");
        server.Services.GetRequiredService<SigningKey>().Id.ShouldBe(expected.Id);
    }

    [Fact]
    public async Task A_damaged_key_stops_the_start_and_is_named()
    {
        await using var server = await TestServer.StartAsync(new() { ["Roles"] = "web" });
        await server.Database.ChangeAsync("UPDATE signing_keys SET private_key = 'nonsense'");

        var failure = await Should.ThrowAsync<InvalidDataException>(() => TestServer.StartAsync(new() { ["Roles"] = "web" }, database: server.Database));

        failure.Message.ShouldContain("signing_keys");
    }

    [Fact]
    public async Task No_statement_of_an_organization_sees_the_key()
    {
        var server = shared.Server;
        var person = await server.RegisterAsync();
        const string Count = "SELECT count(*) FROM signing_keys";

        (await server.Database.QueryFirstOrDefaultAsync<long>(DataScope.Organization(person.Organization.Id), Count, null, TestContext.Current.CancellationToken)).ShouldBe(0);
        (await server.Database.QueryFirstOrDefaultAsync<long>(DataScope.System, Count, null, TestContext.Current.CancellationToken)).ShouldBe(1);
    }

    [Fact]
    public void Remembered_tokens_are_bounded_and_keep_those_in_use()
    {
        var remembered = new RememberedTokens(perGeneration: 10);
        var caller = new Caller { UserId = Guid.Empty, OrganizationId = Guid.Empty, Role = "", Locale = "", TokenExpiresAt = default };
        remembered.Add("in use", caller);

        for (var number = 0; number < 100; number++)
        {
            remembered.Add($"once {number}", caller);
            remembered.Find("in use").ShouldBe(caller);
        }

        Enumerable.Range(0, 100).Count(number => remembered.Find($"once {number}") is not null).ShouldBeLessThanOrEqualTo(20);
    }

    private static IEnumerable<(string Name, string Token)> Forgeries(string genuine, SigningKey key)
    {
        var parts = genuine.Split('.');
        var claims = JsonNode.Parse(Base64UrlEncoder.Decode(parts[1]))!.AsObject();
        yield return ("empty", "");
        yield return ("garbage", "a.b.c");
        yield return ("dots", "..");
        yield return ("not text", "\0\ud800.\uffff.💥");
        yield return ("too long", genuine + new string('a', 5_000));
        yield return ("no signature", $"{parts[0]}.{parts[1]}.");
        yield return ("five parts", $"{genuine}.a.b");
        yield return ("algorithm none", $"{Encode("""{"alg":"none","typ":"JWT"}""")}.{parts[1]}.");
        yield return ("algorithm none, our kid", $"{Encode($$"""{"alg":"none","kid":"{{key.Id}}"}""")}.{parts[1]}.{parts[2]}");
        yield return ("another owner", $"{parts[0]}.{Encode(claims.ToJsonString().Replace("owner", "admin", StringComparison.Ordinal))}.{parts[2]}");
        yield return ("HS256 with the public key as its secret", SignedByPublicKey(parts[1], key));

        using var strangerKey = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        yield return ("another key", Signed(claims, new ECDsaSecurityKey(strangerKey)));
        yield return ("another key under our kid", Signed(claims, new ECDsaSecurityKey(strangerKey) { KeyId = key.Id }));
        yield return ("another issuer", Signed(Changed(claims, "iss", "elsewhere"), key.SecurityKey));
        yield return ("another audience", Signed(Changed(claims, "aud", "elsewhere"), key.SecurityKey));
        yield return ("no user", Signed(Changed(claims, "sub", null), key.SecurityKey));
        yield return ("a number as organization", Signed(Changed(claims, "org", 7), key.SecurityKey));
        yield return ("from the future", Signed(Changed(claims, "nbf", (long)claims["exp"]!), key.SecurityKey));
        yield return ("without end", Signed(Changed(claims, "exp", null), key.SecurityKey));
    }

    private static string Encode(string json) => Base64UrlEncoder.Encode(json);

    private static string Signed(JsonObject claims, SecurityKey key) =>
        new JsonWebTokenHandler { SetDefaultTimesOnTokenCreation = false }
            .CreateToken(claims.ToJsonString(), new SigningCredentials(key, SecurityAlgorithms.EcdsaSha256));

    private static JsonObject Changed(JsonObject claims, string name, JsonNode? value)
    {
        var changed = claims.DeepClone().AsObject();
        if (value is null)
            changed.Remove(name);
        else
            changed[name] = value;
        return changed;
    }

    private static string SignedByPublicKey(string payload, SigningKey key)
    {
        using var publicKey = ECDsa.Create(((ECDsaSecurityKey)key.SecurityKey).ECDsa.ExportParameters(includePrivateParameters: false));
        var signed = $"{Encode($$"""{"alg":"HS256","kid":"{{key.Id}}"}""")}.{payload}";
        var signature = HMACSHA256.HashData(Encoding.ASCII.GetBytes(publicKey.ExportSubjectPublicKeyInfoPem()), Encoding.ASCII.GetBytes(signed));
        return $"{signed}.{Base64UrlEncoder.Encode(signature)}";
    }
}
