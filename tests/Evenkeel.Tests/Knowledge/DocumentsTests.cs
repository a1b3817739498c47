using System.Net;
using System.Text;
using Evenkeel.Contracts.Chats;
using Evenkeel.Contracts.Errors;
using Evenkeel.Contracts.Knowledge;
using Shouldly;
using Xunit;

namespace Evenkeel.Tests.Knowledge;

public sealed class DocumentsTests(ServerFixture fixture) : IClassFixture<ServerFixture>
{
    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task An_uploaded_file_becomes_passages_with_their_headings()
    {
        var (http, source) = await NewSourceAsync();

        var uploaded = await http.UploadedAsync(source, "handbook.md", "# Handbook\n\n## Holidays\n\nThirty days a year.\n\n## 工资\n\n每月二十五日发放工资。");

        uploaded.Outcome.ShouldBe("created");
        uploaded.Document.Title.ShouldBe("Handbook");
        uploaded.Document.Status.ShouldBe("ready");
        uploaded.Document.PassageCount.ShouldBe(2);
        var passages = await http.PassagesAsync(source, uploaded.Document.Id);
        passages.Select(passage => passage.HeadingPath.ShouldHaveSingleItem()).ShouldBe(["Holidays", "工资"]);
        passages.Select(passage => passage.Language).ShouldBe(["en", "zh"]);
        (await http.GetAsync<Passage>($"/api/v1/passages/{passages[1].Id}")).Text.ShouldBe("每月二十五日发放工资。");
        (await http.GetAsync<KnowledgeSource>(source)).DocumentCount.ShouldBe(1);
        (await http.GetAsync<KnowledgeDocument>($"{source}/documents/{uploaded.Document.Id}")).Bytes.ShouldBe(uploaded.Document.Bytes);
    }

    [Fact]
    public async Task Several_files_come_in_one_request_and_pages_of_a_list_hold_them_all()
    {
        var (http, source) = await NewSourceAsync();

        var uploaded = await (await http.UploadAsync(source, ("a.md", "Alpha."), ("b.MARKDOWN", "Beta."), ("folder/c.txt", "Gamma."))).ReadAsync<UploadedDocuments>();

        uploaded.Items.Select(item => item.Document.FileName).ShouldBe(["a.md", "b.MARKDOWN", "c.txt"]);
        var first = await http.GetAsync<Page<KnowledgeDocument>>($"{source}/documents?limit=2");
        var second = await http.GetAsync<Page<KnowledgeDocument>>($"{source}/documents?limit=2&cursor={first.NextCursor}");
        first.Items.Concat(second.Items).Select(document => document.Title).Order().ShouldBe(["a", "b", "c"]);
    }

    [Fact]
    public async Task The_same_content_changes_nothing_and_other_content_takes_its_place()
    {
        var (http, source) = await NewSourceAsync();
        var first = await http.UploadedAsync(source, "prices.md", "# Prices\n\nApples cost two.");
        var passage = (await http.PassagesAsync(source, first.Document.Id)).ShouldHaveSingleItem();

        var same = await http.UploadedAsync(source, "prices.md", "# Prices\n\nApples cost two.");
        (await http.PassagesAsync(source, first.Document.Id)).ShouldHaveSingleItem().Id.ShouldBe(passage.Id);
        var other = await http.UploadedAsync(source, "prices.md", "# Prices\n\nApples cost three.");

        same.Outcome.ShouldBe("unchanged");
        other.Outcome.ShouldBe("replaced");
        other.Document.Id.ShouldBe(first.Document.Id);
        other.Document.CreatedAt.ShouldBe(first.Document.CreatedAt);
        (await http.PassagesAsync(source, first.Document.Id)).ShouldHaveSingleItem().Text.ShouldBe("Apples cost three.");
        await (await http.GetAsync($"/api/v1/passages/{passage.Id}", Cancelled)).ShouldFailAsync(HttpStatusCode.NotFound, ErrorCode.NotFound);
    }

    [Fact]
    public async Task Text_is_pasted_under_its_title_or_its_first_heading()
    {
        var (http, source) = await NewSourceAsync();

        var titled = await (await http.PasteAsync(source, new PasteDocumentRequest { Title = "House rules", Text = "No smoking." })).ReadAsync<UploadedDocuments>();
        var headed = await (await http.PasteAsync(source, new PasteDocumentRequest { Text = "# Fire/flood\n\nLeave." })).ReadAsync<UploadedDocuments>();
        var plain = await (await http.PasteAsync(source, new PasteDocumentRequest { Text = "Just a line.\nAnother." })).ReadAsync<UploadedDocuments>();
        var again = await (await http.PasteAsync(source, new PasteDocumentRequest { Title = "House rules", Text = "No shouting." })).ReadAsync<UploadedDocuments>();

        titled.Items[0].Document.Title.ShouldBe("House rules");
        headed.Items[0].Document.Title.ShouldBe("Fire/flood");
        headed.Items[0].Document.FileName.ShouldBe("Fire-flood.md");
        plain.Items[0].Document.Title.ShouldBe("Just a line.");
        again.Items[0].Outcome.ShouldBe("replaced");
    }

    [Fact]
    public async Task What_cannot_be_a_document_is_refused_and_nothing_is_stored()
    {
        var (http, source) = await NewSourceAsync();
        var good = ("good.md", "Good."u8.ToArray());

        await (await http.UploadBytesAsync(source, good, good)).ShouldRefuseFieldAsync("files");
        await (await http.UploadBytesAsync(source, good, ($"{new string('a', 200)}.md", []))).ShouldRefuseFieldAsync("files[1]");
        await (await http.PostRawAsync(HttpMethod.Post, $"{source}/documents", """{"text":""}""")).ShouldRefuseFieldAsync("text");
        await (await http.PostRawAsync(HttpMethod.Post, $"{source}/documents", """{"text":"a\u0000b"}""")).ShouldRefuseFieldAsync("text");
        await (await http.PostRawAsync(HttpMethod.Post, $"{source}/documents", """{"text":"a","colour":"red"}""")).ShouldRefuseFieldAsync("colour");
        await (await http.PostRawAsync(HttpMethod.Post, $"{source}/documents", """{"text":""")).ShouldFailAsync(HttpStatusCode.BadRequest, ErrorCode.InvalidRequest);
        await (await http.PasteAsync(source, new PasteDocumentRequest { Text = new string('a', (2 * 1024 * 1024) + 1) })).ShouldRefuseFieldAsync(
            "text", HttpStatusCode.RequestEntityTooLarge);
        await (await http.PostAsync($"{source}/documents", new MultipartFormDataContent { { new StringContent("x"), "colour" } }, Cancelled)).ShouldRefuseFieldAsync("colour");
        await (await http.PostAsync($"{source}/documents", new MultipartFormDataContent(), Cancelled)).ShouldFailAsync(HttpStatusCode.BadRequest, ErrorCode.InvalidRequest);

        (await http.GetAsync<Page<KnowledgeDocument>>($"{source}/documents")).Items.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_file_that_cannot_be_read_says_why_and_the_others_of_the_upload_are_ready()
    {
        var (http, source) = await NewSourceAsync();

        var uploaded = await (await http.UploadBytesAsync(
            source, ("good.md", "Good."u8.ToArray()), ("empty.txt", " \n"u8.ToArray()), ("huge.md", new byte[(5 * 1024 * 1024) + 1]), ("also.md", "Fine."u8.ToArray())))
            .ReadAsync<UploadedDocuments>();

        uploaded.Items.Select(item => (item.Document.Status, item.Document.Reason?.Code)).ShouldBe(
            [("ready", null), ("failed", "empty"), ("failed", "too_large"), ("ready", null)]);
        uploaded.Items[1].Document.Reason!.Message.ShouldBe("There is nothing in the file.");
        (await http.GetAsync<KnowledgeSource>(source)).Documents.ShouldBe(new DocumentCounts(Ready: 2, Waiting: 0, Failed: 2, Cancelled: 0));
        (await http.GetAsync<Page<KnowledgeDocument>>($"{source}/documents?status=failed")).Items.Count.ShouldBe(2);
        http.DefaultRequestHeaders.AcceptLanguage.Clear();
        http.DefaultRequestHeaders.AcceptLanguage.ParseAdd("zh");
        (await http.GetAsync<KnowledgeDocument>($"{source}/documents/{uploaded.Items[1].Document.Id}")).Reason!.Message.ShouldBe("文件是空的。");
    }

    [Fact]
    public async Task The_largest_document_of_hostile_markdown_is_taken_in_time()
    {
        var (http, source) = await NewSourceAsync();
        const int size = 2 * 1024 * 1024;

        foreach (var piece in new[] { "[", "> ", "* ", "|a", "`", "# ", "\n\n- x", "字", "word ", "<!--" })
        {
            var text = string.Concat(Enumerable.Repeat(piece, size / Encoding.UTF8.GetByteCount(piece)));
            var response = await http.UploadAsync(source, ("hostile.md", text)).WaitAsync(TimeSpan.FromSeconds(60), Cancelled);
            var document = (await response.ReadAsync<UploadedDocuments>()).Items[0].Document;
            document.Status.ShouldBeOneOf(DocumentStatus.Ready, DocumentStatus.Failed);
        }
    }

    [Fact]
    public async Task A_deleted_document_and_a_deleted_source_are_gone()
    {
        var (http, source) = await NewSourceAsync();
        var document = (await http.UploadedAsync(source, "a.md", "Alpha.")).Document;
        var passage = (await http.PassagesAsync(source, document.Id))[0];

        (await http.DeleteAsync($"{source}/documents/{document.Id}", Cancelled)).StatusCode.ShouldBe(HttpStatusCode.NoContent);
        await (await http.DeleteAsync($"{source}/documents/{document.Id}", Cancelled)).ShouldFailAsync(HttpStatusCode.NotFound, ErrorCode.NotFound);
        await (await http.GetAsync($"/api/v1/passages/{passage.Id}", Cancelled)).ShouldFailAsync(HttpStatusCode.NotFound, ErrorCode.NotFound);
        await http.UploadedAsync(source, "b.md", "Beta.");
        (await http.DeleteAsync(source, Cancelled)).StatusCode.ShouldBe(HttpStatusCode.NoContent);
        await (await http.GetAsync($"{source}/documents", Cancelled)).ShouldFailAsync(HttpStatusCode.NotFound, ErrorCode.NotFound);
        await (await http.UploadAsync(source, ("c.md", "Gamma."))).ShouldFailAsync(HttpStatusCode.NotFound, ErrorCode.NotFound);
    }

    [Fact]
    public async Task Another_organizations_documents_do_not_exist()
    {
        var (http, source) = await NewSourceAsync();
        var document = (await http.UploadedAsync(source, "a.md", "Alpha.")).Document;
        var passage = (await http.PassagesAsync(source, document.Id))[0];
        var stranger = (await fixture.Server.RegisterAsync()).Http;
        var own = (await stranger.FirstChatbotAsync()).Id;
        // Reached through the stranger's own chatbot too.
        var smuggled = $"/api/v1/chatbots/{own}/sources/{source.Split('/')[^1]}";

        foreach (var address in new[] { source, smuggled })
        {
            HttpResponseMessage[] responses =
            [
                await stranger.GetAsync(address, Cancelled),
                await stranger.GetAsync($"{address}/documents", Cancelled),
                await stranger.GetAsync($"{address}/documents/{document.Id}", Cancelled),
                await stranger.GetAsync($"{address}/documents/{document.Id}/passages", Cancelled),
                await stranger.UploadAsync(address, ("a.md", "Mine.")),
                await stranger.DeleteAsync($"{address}/documents/{document.Id}", Cancelled),
                await stranger.DeleteAsync(address, Cancelled),
            ];
            foreach (var response in responses)
            {
                await response.ShouldFailAsync(HttpStatusCode.NotFound, ErrorCode.NotFound);
            }
        }

        await (await stranger.GetAsync($"/api/v1/passages/{passage.Id}", Cancelled)).ShouldFailAsync(HttpStatusCode.NotFound, ErrorCode.NotFound);
        (await http.PassagesAsync(source, document.Id)).ShouldHaveSingleItem().Text.ShouldBe("Alpha.");
    }

    [Fact]
    public async Task Uploads_of_one_name_at_the_same_time_leave_one_document()
    {
        var (http, source) = await NewSourceAsync();

        var responses = await Task.WhenAll(Enumerable.Range(0, 8).Select(number => http.UploadAsync(source, ("same.md", $"Version {number}."))));

        responses.ShouldAllBe(response => response.StatusCode == HttpStatusCode.OK);
        var document = (await http.GetAsync<Page<KnowledgeDocument>>($"{source}/documents")).Items.ShouldHaveSingleItem();
        (await http.PassagesAsync(source, document.Id)).ShouldHaveSingleItem();
    }

    private async Task<(HttpClient Http, string Source)> NewSourceAsync()
    {
        var http = (await fixture.Server.RegisterAsync()).Http;
        return (http, await http.CreateSourceAsync((await http.FirstChatbotAsync()).Id));
    }
}
