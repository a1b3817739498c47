using System.Net;
using System.Text;
using Evenkeel.Contracts.Errors;
using Shouldly;
using Xunit;

namespace Evenkeel.Tests.BadInput;

/// <summary>Every endpoint of the OpenAPI document that takes JSON, with bodies it must refuse whole.</summary>
public sealed class EveryBodyTests(BadInputServer server) : IClassFixture<BadInputServer>
{
    private readonly HttpClient _http = server.Server.Http;

    [Theory]
    [InlineData("{")]
    [InlineData("[]")]
    [InlineData("\"text\"")]
    [InlineData("5")]
    [InlineData("{\"a\":1}}")]
    [InlineData("{'single':'quotes'}")]
    public Task What_is_not_a_json_object_is_refused(string body) => server.ShouldChangeNothingAsync(async () =>
    {
        foreach (var operation in WithBody())
        {
            await ShouldBeInvalidAsync(operation, server.Mine.Request(operation).With(body), body);
        }
    });

    [Fact]
    public Task Members_of_the_wrong_type_are_refused() => server.ShouldChangeNothingAsync(async () =>
    {
        foreach (var (operation, member) in WithText())
        {
            foreach (var value in new[] { "5", "true", "{}", "[[]]" })
            {
                await ShouldBeInvalidAsync(operation, server.Mine.Request(operation).With($$"""{"{{member}}":{{value}}}"""), $"{member}={value}");
            }
        }
    });

    [Fact]
    public Task Bytes_that_are_no_text_are_refused() => server.ShouldChangeNothingAsync(async () =>
    {
        foreach (var (operation, member) in WithText())
        {
            byte[] invalidUtf8 = [.. Encoding.UTF8.GetBytes($"{{\"{member}\":\"a"), 0xFF, 0xFE, .. "\"}"u8];
            await ShouldBeInvalidAsync(operation, server.Mine.Request(operation).With(invalidUtf8), $"{member} with invalid UTF-8");
            await ShouldBeInvalidAsync(operation, server.Mine.Request(operation).With($$"""{"{{member}}":"a\ud800"}"""), $"{member} with half a character");
        }
    });

    [Fact]
    public Task Nul_characters_are_refused() => server.ShouldChangeNothingAsync(async () =>
    {
        foreach (var (operation, member) in WithRuledText())
        {
            await _http.RefusedAsync(server.Mine.Request(operation).With($$"""{"{{member}}":"a\u0000b"}"""), $"{operation.Name} {member}");
        }
    });

    [Fact]
    public Task Texts_of_100000_characters_are_refused() => server.ShouldChangeNothingAsync(async () =>
    {
        var text = new string('x', 100_000);
        foreach (var (operation, member) in WithRuledText())
        {
            await _http.RefusedAsync(server.Mine.Request(operation).With($$"""{"{{member}}":"{{text}}"}"""), $"{operation.Name} {member}");
        }
    });

    [Fact]
    public Task Unknown_members_are_refused_by_name_where_they_could_mislead() => server.ShouldChangeNothingAsync(async () =>
    {
        foreach (var operation in WithBody().Where(operation => operation.RefusesUnknownMembers))
        {
            var body = operation.RightBody[..^1] + ""","colour":"red"}""";
            var envelope = await _http.RefusedAsync(server.Mine.Request(operation).With(body), operation.Name);
            envelope.Details.ShouldNotBeNull(operation.Name).ShouldHaveSingleItem().Field.ShouldBe("colour", operation.Name);
        }

        WithBody().ShouldContain(operation => operation.RefusesUnknownMembers && operation.Schema == "SendMessageRequest");
    });

    [Fact]
    public Task No_body_is_refused_where_one_is_needed() => server.ShouldChangeNothingAsync(async () =>
    {
        foreach (var operation in WithBody().Where(operation => !operation.IsBodyOptional))
        {
            await ShouldBeInvalidAsync(operation, server.Mine.Request(operation).With(""), "empty");
            await ShouldBeInvalidAsync(operation, server.Mine.Request(operation).With("null"), "null");
        }
    });

    [Theory]
    [InlineData("text/plain")]
    [InlineData("application/xml")]
    [InlineData("application/x-www-form-urlencoded")]
    public Task A_wrong_media_type_is_refused(string mediaType) => server.ShouldChangeNothingAsync(async () =>
    {
        foreach (var operation in WithBody())
        {
            var envelope = await _http.RefusedAsync(server.Mine.Request(operation).With(operation.RightBody, mediaType), operation.Name);
            envelope.ShouldBe(HttpStatusCode.UnsupportedMediaType, ErrorCode.InvalidRequest, operation.Name);
        }
    });

    [Fact]
    public Task A_body_that_is_too_large_is_refused() => server.ShouldChangeNothingAsync(async () =>
    {
        var body = $$"""{"padding":"{{new string('x', 25 * 1024 * 1024)}}"}""";
        foreach (var operation in WithBody())
        {
            var request = server.Mine.Request(operation).With(body);
            // The answer comes before the body is sent, as with any careful client.
            request.Headers.ExpectContinue = true;
            (await _http.RefusedAsync(request, operation.Name)).ShouldBe(HttpStatusCode.RequestEntityTooLarge, ErrorCode.InvalidRequest, operation.Name);
        }
    });

    // Logging out answers alike for every token that is not known, whatever it is made of.
    private IEnumerable<(Operation Operation, string Member)> WithRuledText() =>
        WithText().Where(one => one.Operation.Template != "/auth/logout" && (one.Operation.Schema, one.Member) != ("PasteDocumentRequest", "text"));

    private IEnumerable<Operation> WithBody() => server.Operations.Where(operation => operation.Schema is not null);

    private IEnumerable<(Operation Operation, string Member)> WithText() =>
        WithBody().SelectMany(operation => operation.TextMembers.Select(member => (operation, member)));

    private async Task ShouldBeInvalidAsync(Operation operation, HttpRequestMessage request, string what) =>
        (await _http.RefusedAsync(request, $"{operation.Name} {what}")).ShouldBe(HttpStatusCode.BadRequest, ErrorCode.InvalidRequest, $"{operation.Name} {what}");
}
