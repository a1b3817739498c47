using System.Net.Http.Headers;
using System.Text.Json;

namespace Evenkeel.Bench.Ingest;

/// <summary>Somebody who uploads documents to a source of their own and waits for them.</summary>
internal sealed class Uploader : IDisposable
{
    private readonly HttpClient _http;
    private readonly string _documents;

    private Uploader(HttpClient http, string documents) => (_http, _documents) = (http, documents);

    public static async Task<Uploader> CreateAsync(Uri server, string token)
    {
        var http = new HttpClient { BaseAddress = server, Timeout = TimeSpan.FromMinutes(5) };
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
        var chatbots = await http.GetFromJsonAsync<JsonElement>("/api/v1/chatbots");
        var chatbot = chatbots.GetProperty("items")[0].GetProperty("id").GetString();
        using var response = await http.PostAsJsonAsync($"/api/v1/chatbots/{chatbot}/sources", new { name = "Bench" });
        var source = await response.EnsureSuccessStatusCode().Content.ReadFromJsonAsync<JsonElement>();
        return new Uploader(http, $"/api/v1/chatbots/{chatbot}/sources/{source.GetProperty("id").GetString()}/documents");
    }

    /// <summary>Uploads a file and waits until it is read.</summary>
    /// <returns>Its passages.</returns>
    public async Task<int> UploadAsync(string name, byte[] content)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, _documents)
        {
            Content = new MultipartFormDataContent { { new ByteArrayContent(content), "files", name } },
        };
        request.Headers.Add("Prefer", "wait=60");
        using var response = await _http.SendAsync(request);
        var answer = await response.Content.ReadFromJsonAsync<JsonElement>();
        var document = response.IsSuccessStatusCode ? answer.GetProperty("items")[0].GetProperty("document") : answer;
        return response.IsSuccessStatusCode && document.GetProperty("status").GetString() == "ready"
            ? document.GetProperty("passage_count").GetInt32()
            : throw new BenchmarkException($"{name} was not read: {document}");
    }

    public void Dispose() => _http.Dispose();
}
