using System.Text.Json;

namespace Evenkeel.Bench.Turns;

/// <summary>Makes accounts.</summary>
internal static class Registration
{
    /// <summary>Registers so many people; their access tokens.</summary>
    public static async Task<string[]> RunAsync(Uri server, int people)
    {
        using var http = new HttpClient { BaseAddress = server, Timeout = TimeSpan.FromMinutes(2) };
        var tokens = new string[people];
        await Parallel.ForEachAsync(Enumerable.Range(0, people), new ParallelOptions { MaxDegreeOfParallelism = 2 }, async (index, cancellationToken) =>
        {
            using var response = await http.PostAsJsonAsync(
                "/auth/register", new { email = $"person{index}@example.org", password = "a long enough secret", locale = "en" }, cancellationToken);
            var answer = await response.Content.ReadFromJsonAsync<JsonElement>(cancellationToken);
            tokens[index] = response.IsSuccessStatusCode
                ? answer.GetProperty("access_token").GetString()!
                : throw new BenchmarkException($"Registration answered {(int)response.StatusCode}: {answer}");
        });
        return tokens;
    }
}
