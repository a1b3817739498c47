using System.Net;
using Evenkeel.Accounts.Registration;
using Evenkeel.Platform.Errors;
using Shouldly;
using Xunit;

namespace Evenkeel.Tests.Accounts;

public sealed class RegistrationFieldTests(SharedAccountsServer shared) : IClassFixture<SharedAccountsServer>
{
    [Theory]
    [InlineData(null, "a right long password", "email")]
    [InlineData("not an address", "a right long password", "email")]
    [InlineData("a@b@example.org", "a right long password", "email")]
    [InlineData("a\0@example.org", "a right long password", "email")]
    [InlineData("a@example.org", null, "password")]
    [InlineData("a@example.org", "too short", "password")]
    [InlineData("someone@example.org", "Someone@Example.org", "password")]
    [InlineData("a@example.org", "Password123!", "password")]
    [InlineData("a@example.org", "qwertyuiop", "password")]
    [InlineData("a@example.org", "0987654321", "password")]
    [InlineData("a@example.org", "aaaaaaaaaaaaaaa", "password")]
    public async Task Wrong_fields_are_named_in_both_languages(string? email, string? password, string field)
    {
        var server = shared.Server;

        var english = await server.PostAsync("/auth/register", new { email, password });
        var chinese = await server.PostAsync("/auth/register", new { email, password }, language: "zh");

        english.Status.ShouldBe(HttpStatusCode.BadRequest);
        english.ErrorCode.ShouldBe("invalid_request");
        english.Fields.ShouldBe([field]);
        chinese.Fields.ShouldBe([field]);
        chinese.Body!["details"]!.ToJsonString().ShouldNotBe(english.Body!["details"]!.ToJsonString());
    }

    [Fact]
    public async Task Long_names_and_ones_with_control_characters_are_refused_together()
    {
        var server = shared.Server;

        var answer = await server.PostAsync(
            "/auth/register",
            new { email = "a@example.org", password = AccountsServer.Password, display_name = "a\0b", organization_name = new string('x', 101), locale = "fr" });

        answer.Fields.ShouldBe(["display_name", "organization_name", "locale"]);
    }

    [Theory]
    [InlineData("correct horse battery staple")]
    [InlineData("1234567890a!Xy")]
    [InlineData("password that nobody lists")]
    [InlineData("我的密码是一句很长的话")]
    public void Ordinary_long_passwords_are_taken(string password)
    {
        var problems = new List<FieldProblem>();

        PasswordRules.ReadChosen(problems, password, "a@example.org");

        problems.ShouldBeEmpty();
    }
}
