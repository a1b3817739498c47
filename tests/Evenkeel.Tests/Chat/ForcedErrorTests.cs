using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using Evenkeel.Contracts;
using Evenkeel.Contracts.Accounts;
using Evenkeel.Contracts.Chats;
using Evenkeel.Contracts.Errors;
using Evenkeel.Models;
using Evenkeel.ScriptedModel;
using Evenkeel.Tests.Harness;
using Shouldly;
using Xunit;

namespace Evenkeel.Tests.Chat;

/// <summary>An administrator of a server that allows it sees every failure on request; nobody else ever does.</summary>
public sealed class ForcedErrorTests
{
    private static readonly Dictionary<string, string?> Forcing = new() { ["Debug:ForceErrors"] = "true" };

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("llm_timeout", "llm_timeout", null)]
    [InlineData(" llm_unavailable ; count=2 ", "llm_unavailable", 2)]
    public void The_header_names_a_code_and_a_count(string header, string code, int? count) =>
        ForcedError.Parse(header).ShouldBe(new ForcedError(code, count));

    [Theory]
    [InlineData("")]
    [InlineData("no_such_code")]
    [InlineData("llm_timeout;count=0")]
    [InlineData("llm_timeout;count=-1")]
    [InlineData("llm_timeout;times=2")]
    [InlineData("llm_timeout;count=99999999999")]
    public void What_is_not_of_that_form_is_nothing(string header) => ForcedError.Parse(header).ShouldBeNull();

    [Theory]
    [InlineData(ErrorCode.RagError)]
    [InlineData(ErrorCode.WorkerLost)]
    [InlineData(ErrorCode.ServerError)]
    [InlineData(ErrorCode.LocationError)]
    public async Task A_code_of_a_turn_ends_the_turn(string code)
    {
        await using var model = await ScriptedModelServer.StartAsync(ct: Stop);
        await using var server = await ChatDriving.StartAsync(model, Forcing);
        var account = await server.RegisterAsync();

        using var response = await account.PostChatAsync("a question that is to fail", force: code);

        var sent = await response.ReadAsync<SendMessageResponse>(HttpStatusCode.Accepted);
        (await account.AnswerAsync(sent)).Meta!.Error!.ErrorCode.ShouldBe(code);
        model.Requests.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_code_of_a_send_refuses_it_with_its_status_and_stores_nothing()
    {
        await using var model = await ScriptedModelServer.StartAsync(ct: Stop);
        await using var server = await ChatDriving.StartAsync(model, Forcing);
        var account = await server.RegisterAsync();
        foreach (var row in ErrorCatalogue.All.Where(row => row.Code is ErrorCode.RateLimited or ErrorCode.QueueFull or ErrorCode.CircuitOpen
            or ErrorCode.InsufficientCredits or ErrorCode.NotFound or ErrorCode.Conflict or ErrorCode.SearchHandleExpired))
        {
            using var response = await account.PostChatAsync("a question that is to be refused", force: row.Code);

            (await response.ReadAsync<ErrorEnvelope>((HttpStatusCode)row.Status)).ErrorCode.ShouldBe(row.Code);
            (response.Headers.RetryAfter is not null).ShouldBe(row.Retry == RetryAdvice.Wait, row.Code);
        }

        (await account.GetAsync<Page<ChatThread>>("/api/v1/threads")).Items.ShouldBeEmpty();
        await account.PostChatAsync("a misspelt wish", force: "no_such_code").RefusedAsync(HttpStatusCode.BadRequest, ErrorCode.InvalidRequest);
    }

    [Fact]
    public async Task Without_the_setting_the_header_does_not_exist()
    {
        await using var model = await ScriptedModelServer.StartAsync(ct: Stop);
        await using var server = await ChatDriving.StartAsync(model);
        var account = await server.RegisterAsync();

        using var response = await account.PostChatAsync("an ordinary question", force: ErrorCode.ServerError);

        (await account.AnswerAsync(await response.ReadAsync<SendMessageResponse>(HttpStatusCode.Accepted))).Status.ShouldBe(MessageStatus.Complete);
    }

    [Fact]
    public async Task Members_may_not()
    {
        await using var model = await ScriptedModelServer.StartAsync(ct: Stop);
        await using var server = await ChatDriving.StartAsync(model, Forcing);
        var account = await server.RegisterAsync();
        await server.Database.ChangeAsync("UPDATE memberships SET role = 'member' WHERE user_id = $1", account.SignedIn.User.Id);
        using var signedIn = await account.Http.PostAsJsonAsync(
            "/auth/login", new LoginRequest { Email = account.SignedIn.User.Email, Password = TestAccount.Password }, Wire.Json, Stop);
        var token = (await signedIn.ReadAsync<SignedInResponse>(HttpStatusCode.OK)).AccessToken;
        account.Http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);

        await account.PostChatAsync("a question", force: ErrorCode.ServerError).RefusedAsync(HttpStatusCode.Forbidden, ErrorCode.Forbidden);
    }
}
