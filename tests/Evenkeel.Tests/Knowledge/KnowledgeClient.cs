using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text;
using Evenkeel.Contracts;
using Evenkeel.Contracts.Chatbots;
using Evenkeel.Contracts.Chats;
using Evenkeel.Contracts.Errors;
using Evenkeel.Contracts.Knowledge;
using Shouldly;
using Xunit;

namespace Evenkeel.Tests.Knowledge;

/// <summary>The requests that tests of chatbots and knowledge make.</summary>
internal static class KnowledgeClient
{
    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    public static async Task<Chatbot> FirstChatbotAsync(this HttpClient http) =>
        (await http.GetAsync<Page<Chatbot>>("/api/v1/chatbots")).Items[0];

    public static async Task<Chatbot> CreateChatbotAsync(this HttpClient http, string name = "Support") =>
        await (await http.PostAsync("/api/v1/chatbots", new ChatbotRequest { Name = name })).ReadAsync<Chatbot>(HttpStatusCode.Created);

    /// <summary>The address of a new source's documents.</summary>
    public static async Task<string> CreateSourceAsync(this HttpClient http, Guid chatbotId)
    {
        var response = await http.PostAsync($"/api/v1/chatbots/{chatbotId}/sources", new CreateSourceRequest { Name = "Handbook" });
        var source = await response.ReadAsync<KnowledgeSource>(HttpStatusCode.Created);
        return $"/api/v1/chatbots/{chatbotId}/sources/{source.Id}";
    }

    public static Task<HttpResponseMessage> PostAsync<T>(this HttpClient http, string address, T body) =>
        http.PostAsJsonAsync(address, body, Wire.Json, Cancelled);

    public static Task<HttpResponseMessage> PostRawAsync(this HttpClient http, HttpMethod method, string address, string json) =>
        http.SendAsync(new HttpRequestMessage(method, address) { Content = new StringContent(json, Encoding.UTF8, "application/json") }, Cancelled);

    public static Task<HttpResponseMessage> UploadAsync(this HttpClient http, string source, params (string Name, string Text)[] files) =>
        http.UploadBytesAsync(source, [.. files.Select(file => (file.Name, Encoding.UTF8.GetBytes(file.Text)))]);

    /// <summary>Uploads and waits until the files are read.</summary>
    public static Task<HttpResponseMessage> UploadBytesAsync(this HttpClient http, string source, params (string Name, byte[] Content)[] files) =>
        http.UploadBytesAsync(source, waitSeconds: 60, files);

    /// <param name="http">Whose client.</param>
    /// <param name="source">Address of the source.</param>
    /// <param name="waitSeconds">0 = the answer comes as soon as the files are queued.</param>
    /// <param name="files">Names and contents.</param>
    public static Task<HttpResponseMessage> UploadBytesAsync(this HttpClient http, string source, int waitSeconds, params (string Name, byte[] Content)[] files)
    {
        var form = new MultipartFormDataContent();
        foreach (var (name, content) in files)
        {
            var part = new ByteArrayContent(content);
            part.Headers.ContentType = new MediaTypeHeaderValue("application/octet-stream");
            form.Add(part, "files", name);
        }

        return http.SendAsync(Waiting(source, waitSeconds, form), Cancelled);
    }

    /// <summary>Pastes a text and waits until it is read.</summary>
    public static Task<HttpResponseMessage> PasteAsync(this HttpClient http, string source, PasteDocumentRequest request) =>
        http.SendAsync(Waiting(source, 60, JsonContent.Create(request, options: Wire.Json)), Cancelled);

    private static HttpRequestMessage Waiting(string source, int seconds, HttpContent content)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, $"{source}/documents") { Content = content };
        if (seconds > 0)
        {
            request.Headers.Add("Prefer", $"wait={seconds}");
        }

        return request;
    }

    public static async Task<UploadedDocument> UploadedAsync(this HttpClient http, string source, string name, string text) =>
        (await (await http.UploadAsync(source, (name, text))).ReadAsync<UploadedDocuments>()).Items.ShouldHaveSingleItem();

    public static async Task<IReadOnlyList<Passage>> PassagesAsync(this HttpClient http, string source, Guid documentId) =>
        (await http.GetAsync<Page<Passage>>($"{source}/documents/{documentId}/passages")).Items;

    public static async Task<T> GetAsync<T>(this HttpClient http, string address) =>
        await (await http.GetAsync(address, Cancelled)).ReadAsync<T>();

    public static async Task<T> ReadAsync<T>(this HttpResponseMessage response, HttpStatusCode expected = HttpStatusCode.OK)
    {
        response.StatusCode.ShouldBe(expected, await response.Content.ReadAsStringAsync(Cancelled));
        return (await response.Content.ReadFromJsonAsync<T>(Wire.Json, Cancelled))!;
    }

    /// <summary>The refusal of a request, checked for code and status.</summary>
    public static async Task<ErrorEnvelope> ShouldFailAsync(this HttpResponseMessage response, HttpStatusCode status, string code)
    {
        var envelope = await response.ReadAsync<ErrorEnvelope>(status);
        envelope.ErrorCode.ShouldBe(code);
        return envelope;
    }

    public static async Task<FieldError> ShouldRefuseFieldAsync(this HttpResponseMessage response, string field, HttpStatusCode status = HttpStatusCode.BadRequest)
    {
        var envelope = await response.ShouldFailAsync(status, ErrorCode.InvalidRequest);
        return envelope.Details.ShouldNotBeNull().ShouldHaveSingleItem().ShouldSatisfy(detail => detail.Field.ShouldBe(field));
    }

    private static T ShouldSatisfy<T>(this T value, Action<T> check)
    {
        check(value);
        return value;
    }
}
