using System.Net;
using System.Net.Http.Headers;
using Evenkeel.Contracts.Errors;
using Shouldly;
using Xunit;

namespace Evenkeel.Tests.BadInput;

/// <summary>Walks the OpenAPI document, so that an endpoint of tomorrow is held to the same.</summary>
public sealed class EveryEndpointTests(BadInputServer server) : IClassFixture<BadInputServer>
{
    private readonly HttpClient _http = server.Server.Http;

    [Fact]
    public Task Without_a_token_sign_in_is_asked_for() => server.ShouldChangeNothingAsync(async () =>
    {
        foreach (var operation in server.Operations.Where(operation => operation.NeedsToken))
        {
            var request = new HttpRequestMessage(operation.Method, server.Theirs.Path(operation));
            (await _http.RefusedAsync(request, operation.Name)).ShouldBe(HttpStatusCode.Unauthorized, ErrorCode.AuthRequired, operation.Name);
        }
    });

    [Theory]
    [InlineData("Bearer garbage")]
    [InlineData("Bearer a.b.c")]
    [InlineData("Bearer eyJhbGciOiJub25lIn0.eyJzdWIiOiIxIn0.")]
    public Task A_malformed_token_is_invalid(string header) => server.ShouldChangeNothingAsync(async () =>
    {
        foreach (var operation in server.Operations.Where(operation => operation.NeedsToken))
        {
            var request = new HttpRequestMessage(operation.Method, server.Theirs.Path(operation));
            request.Headers.Authorization = AuthenticationHeaderValue.Parse(header);
            (await _http.RefusedAsync(request, operation.Name)).ShouldBe(HttpStatusCode.Unauthorized, ErrorCode.TokenInvalid, operation.Name);
        }
    });

    [Theory]
    [InlineData("not-a-uuid")]
    [InlineData("00000000-0000-0000-0000-000000000000")]
    [InlineData("%01%0A")]
    [InlineData("1'%20OR%20'1'='1")]
    [InlineData("%F0%9F%98%80")]
    public Task An_id_that_names_nothing_is_not_found(string id) => server.ShouldChangeNothingAsync(async () =>
    {
        foreach (var operation in server.Operations.Where(operation => operation.TakesIds))
        {
            var path = string.Join('/', operation.Template.Split('/').Select(part => part.StartsWith('{') ? id : part));
            await ShouldNotBeFoundAsync(operation, path);
        }
    });

    [Fact]
    public Task What_is_another_organizations_is_not_found() => server.ShouldChangeNothingAsync(async () =>
    {
        foreach (var operation in server.Operations.Where(operation => operation.TakesIds))
        {
            await ShouldNotBeFoundAsync(operation, server.Theirs.Path(operation));
        }
    });

    [Fact]
    public Task A_wrong_method_is_refused() => server.ShouldChangeNothingAsync(async () =>
    {
        foreach (var path in server.Operations.GroupBy(operation => operation.Template))
        {
            var known = path.Select(operation => operation.Method).ToHashSet();
            foreach (var method in new[] { HttpMethod.Get, HttpMethod.Post, HttpMethod.Put, HttpMethod.Patch, HttpMethod.Delete }.Where(method => !known.Contains(method)))
            {
                var request = new HttpRequestMessage(method, server.Mine.Path(path.First())) { Headers = { Authorization = server.Mine.Authorization } };
                (await _http.RefusedAsync(request, $"{method} {path.Key}")).ShouldBe(HttpStatusCode.MethodNotAllowed, ErrorCode.InvalidRequest, $"{method} {path.Key}");
            }
        }
    });

    [Theory]
    [InlineData("%00")]
    [InlineData("-1")]
    [InlineData("99999999999999999999999999")]
    [InlineData("'%3B--%F0%9F%98%80")]
    [InlineData("%ED%A0%80")]
    public Task Query_values_without_sense_break_nothing(string value) => server.ShouldChangeNothingAsync(async () =>
    {
        foreach (var (operation, name) in server.Operations.Where(operation => operation.Method == HttpMethod.Get).SelectMany(one => one.QueryNames.Select(name => (one, name))))
        {
            using var request = server.Mine.Request(operation, query: $"?{name}={value}");
            // A stream has no end to wait for.
            using var response = await _http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, TestContext.Current.CancellationToken);
            ((int)response.StatusCode).ShouldBeOneOf([200, 400], $"{operation.Name} {name}");
        }
    });

    private async Task ShouldNotBeFoundAsync(Operation operation, string path)
    {
        var request = server.Mine.Request(operation, path);
        if (operation.Schema is not null)
        {
            request.With(operation.RightBody);
        }

        // A handle that is gone, another's, or none at all: a client searches again.
        var (status, code) = operation.Template.Contains("{handle}", StringComparison.Ordinal)
            ? (HttpStatusCode.Gone, ErrorCode.SearchHandleExpired) : (HttpStatusCode.NotFound, ErrorCode.NotFound);
        (await _http.RefusedAsync(request, $"{operation.Method} {path}")).ShouldBe(status, code, $"{operation.Method} {path}");
    }
}
