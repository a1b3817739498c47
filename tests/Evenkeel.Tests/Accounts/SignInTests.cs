using System.Net;
using Evenkeel.Contracts.Accounts;
using Evenkeel.Platform.Data;
using Shouldly;
using Xunit;

namespace Evenkeel.Tests.Accounts;

public sealed class SignInTests
{
    [Fact]
    public async Task The_right_password_signs_in_whatever_the_case_of_the_email()
    {
        await using var server = await AccountsServer.StartAsync();
        var person = await server.RegisterAsync();

        var answer = await LogInAsync(server, $" {person.User.Email.ToUpperInvariant()} ", AccountsServer.Password);

        answer.Status.ShouldBe(HttpStatusCode.OK);
        ((Guid)answer.Body!["organization"]!["id"]!).ShouldBe(person.Organization.Id);
        ((string)answer.Body["token_type"]!).ShouldBe("Bearer");
        ((int)answer.Body["expires_in_seconds"]!).ShouldBe(900);
    }

    [Fact]
    public async Task An_unknown_email_and_a_wrong_password_get_the_same_answer()
    {
        await using var server = await AccountsServer.StartAsync();
        var person = await server.RegisterAsync();

        var wrong = await LogInAsync(server, person.User.Email, "not the password");
        var unknown = await LogInAsync(server, "nobody@example.org", "not the password");

        wrong.Status.ShouldBe(HttpStatusCode.Unauthorized);
        unknown.Status.ShouldBe(HttpStatusCode.Unauthorized);
        wrong.Body!["correlation_id"] = null;
        unknown.Body!["correlation_id"] = null;
        unknown.Body.ToJsonString().ShouldBe(wrong.Body.ToJsonString());
        wrong.ErrorCode.ShouldBe("auth_failed");
    }

    [Theory]
    [InlineData("known")]
    [InlineData("unknown")]
    public async Task Too_many_failures_lock_an_email_out_for_a_while(string kind)
    {
        await using var server = await AccountsServer.StartAsync(("Accounts:FailedSignInsPerAccount", "3"));
        var person = await server.RegisterAsync();
        var email = kind == "known" ? person.User.Email : "nobody@example.org";
        for (var attempt = 0; attempt < 3; attempt++)
            (await LogInAsync(server, email, "not the password")).ErrorCode.ShouldBe("auth_failed");

        var locked = await LogInAsync(server, email, AccountsServer.Password);

        locked.Status.ShouldBe(HttpStatusCode.TooManyRequests);
        locked.ErrorCode.ShouldBe("rate_limited");
        locked.Headers.RetryAfter!.Delta.ShouldBe(TimeSpan.FromMinutes(15));
        server.Clock.Advance(TimeSpan.FromMinutes(15));
        (await LogInAsync(server, email, AccountsServer.Password)).Status.ShouldBe(kind == "known" ? HttpStatusCode.OK : HttpStatusCode.Unauthorized);
    }

    [Fact]
    public async Task Simultaneous_guesses_count_before_they_are_answered()
    {
        await using var server = await AccountsServer.StartAsync(("Accounts:FailedSignInsPerAccount", "3"));
        var person = await server.RegisterAsync();

        var answers = await Task.WhenAll(Enumerable.Range(0, 8).Select(number => LogInAsync(server, person.User.Email, $"guess number {number}")));

        answers.Count(answer => answer.ErrorCode == "auth_failed").ShouldBe(3);
        answers.Count(answer => answer.ErrorCode == "rate_limited").ShouldBe(5);
    }

    [Fact]
    public async Task Successful_sign_ins_do_not_count()
    {
        await using var server = await AccountsServer.StartAsync(("Accounts:FailedSignInsPerAccount", "2"));
        var person = await server.RegisterAsync();

        for (var attempt = 0; attempt < 5; attempt++)
            (await LogInAsync(server, person.User.Email, AccountsServer.Password)).Status.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task Failures_from_one_address_count_over_all_emails()
    {
        await using var server = await AccountsServer.StartAsync(("Accounts:FailedSignInsPerAddress", "3"));
        for (var number = 0; number < 3; number++)
            (await LogInAsync(server, $"nobody{number}@example.org", "not the password")).ErrorCode.ShouldBe("auth_failed");

        (await LogInAsync(server, "nobody4@example.org", "not the password")).ErrorCode.ShouldBe("rate_limited");
    }

    [Fact]
    public async Task Only_a_salted_hash_of_the_password_is_stored()
    {
        await using var server = await AccountsServer.StartAsync();
        await server.RegisterAsync();
        await server.RegisterAsync();

        var hashes = await server.Database.QueryAsync<string>(DataScope.System, "SELECT hash FROM passwords", null, TestContext.Current.CancellationToken);

        hashes.Distinct().Count().ShouldBe(2);
        // Version 3 of the framework's format: PBKDF2 with SHA-512 (2) and 100,000 iterations.
        Convert.FromBase64String(hashes[0])[..9].ShouldBe([1, 0, 0, 0, 2, 0, 1, 0x86, 0xa0]);
    }

    private static Task<Answer> LogInAsync(AccountsServer server, string email, string password) =>
        server.PostAsync("/auth/login", new LoginRequest { Email = email, Password = password });
}
