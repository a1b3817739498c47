using System.Net;
using System.Net.Http.Json;
using System.Text;
using Evenkeel.Contracts;
using Evenkeel.Contracts.Errors;
using Shouldly;
using Xunit;

namespace Evenkeel.Tests.BadInput;

/// <summary>Requests that must be refused, and what every refusal looks like.</summary>
internal static class Refusal
{
    /// <summary>Sends a request as a Chinese reader and reads the contract's envelope from the answer.</summary>
    public static async Task<ErrorEnvelope> RefusedAsync(this HttpClient http, HttpRequestMessage request, string what)
    {
        request.Headers.AcceptLanguage.ParseAdd("zh");
        using var response = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, TestContext.Current.CancellationToken);
        var status = (int)response.StatusCode;
        status.ShouldBeInRange(400, 499, what);
        response.Content.Headers.ContentType?.MediaType.ShouldBe("application/problem+json", what);
        var envelope = (await response.Content.ReadFromJsonAsync<ErrorEnvelope>(Wire.Json, TestContext.Current.CancellationToken))!;
        envelope.Status.ShouldBe(status, what);
        envelope.Message.ShouldBe(ErrorCatalogue.Of(envelope.ErrorCode).Text("zh"), what);
        Guid.TryParse(envelope.CorrelationId, out _).ShouldBeTrue(what);
        response.Headers.GetValues("X-Correlation-ID").ShouldBe([envelope.CorrelationId], what);
        return envelope;
    }

    public static HttpRequestMessage Request(this Tenant tenant, Operation operation, string? path = null, string query = "")
    {
        var request = new HttpRequestMessage(operation.Method, (path ?? tenant.Path(operation)) + query);
        request.Headers.Authorization = tenant.Authorization;
        return request;
    }

    public static HttpRequestMessage With(this HttpRequestMessage request, byte[] body, string mediaType = "application/json")
    {
        request.Content = new ByteArrayContent(body);
        request.Content.Headers.ContentType = new(mediaType);
        return request;
    }

    public static HttpRequestMessage With(this HttpRequestMessage request, string body, string mediaType = "application/json") =>
        request.With(Encoding.UTF8.GetBytes(body), mediaType);

    public static void ShouldBe(this ErrorEnvelope envelope, HttpStatusCode status, string code, string what) =>
        (envelope.Status, envelope.ErrorCode).ShouldBe(((int)status, code), what);
}
