using System.Net;
using Evenkeel.Tests.Harness;
using Shouldly;
using Xunit;

namespace Evenkeel.Tests.Host;

public sealed class WebPagesTests
{
    [Theory]
    [InlineData("/", "the application")]
    [InlineData("/chat/01a1f8f4-9ed6-72a5-9303-b7245955d272", "the application")]
    [InlineData("/reference", "the reference")]
    [InlineData("/reference/", "the reference")]
    [InlineData("/color-scheme.js", "a script")]
    public async Task Addresses_of_people_answer_pages_that_run_scripts_from_files_only(string address, string content)
    {
        await using var server = await StartAsync();
        using var response = await server.Http.GetAsync(new Uri(address, UriKind.Relative), TestContext.Current.CancellationToken);

        (await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)).ShouldBe(content);
        response.Headers.GetValues("Content-Security-Policy").Single().ShouldStartWith("default-src 'self';");
    }

    [Theory]
    [InlineData("/api/v1/nothing")]
    [InlineData("/auth/nothing")]
    [InlineData("/chat/events/nothing")]
    [InlineData("/nothing.js")]
    [InlineData("/reference/..%2f..%2fsecret.txt")]
    public async Task Addresses_of_programs_and_missing_files_answer_no_page(string address)
    {
        await using var server = await StartAsync();
        using var response = await server.Http.GetAsync(new Uri(address, UriKind.Relative), TestContext.Current.CancellationToken);

        response.StatusCode.ShouldBe(HttpStatusCode.NotFound);
        response.Content.Headers.ContentType!.MediaType.ShouldBe("application/problem+json");
    }

    private static async Task<TestServer> StartAsync()
    {
        var folder = TestFolder.New("web");
        TestFolder.Create(Path.Combine(folder, "reference"));
        await File.WriteAllTextAsync(Path.Combine(folder, "index.html"), "the application");
        await File.WriteAllTextAsync(Path.Combine(folder, "reference", "index.html"), "the reference");
        await File.WriteAllTextAsync(Path.Combine(folder, "color-scheme.js"), "a script");
        await File.WriteAllTextAsync(Path.Combine(Path.GetDirectoryName(folder)!, "secret.txt"), "a secret");
        return await TestServer.StartAsync(new() { ["WebDirectory"] = folder });
    }
}
