using System.Net;
using System.Text;
using Evenkeel.Contracts.Chatbots;
using Evenkeel.Contracts.Chats;
using Evenkeel.Contracts.Errors;
using Evenkeel.Contracts.Knowledge;
using Evenkeel.Knowledge;
using Evenkeel.Knowledge.Reading;
using Evenkeel.Tests.Harness;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using Shouldly;
using Xunit;

namespace Evenkeel.Tests.Knowledge;

/// <summary>The life of a document while it is read, and what can come in between.</summary>
public sealed class IngestionTests : IAsyncLifetime
{
    private readonly GatedReader _reader = new();
    private TestServer _server = null!;
    private HttpClient _http = null!;
    private string _source = null!;

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _server = await StartAsync(_reader);
        _http = (await _server.RegisterAsync()).Http;
        _source = await _http.CreateSourceAsync((await _http.CreateChatbotAsync()).Id);
    }

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    [Fact]
    public async Task A_document_is_queued_then_processed_then_ready()
    {
        var queued = await QueueAsync("a.md", "Alpha.");
        queued.Status.ShouldBe(DocumentStatus.Queued);
        queued.Progress.ShouldBe(new DocumentProgress("waiting", 0, 0, 0));
        (await _http.PassagesAsync(_source, queued.Id)).ShouldBeEmpty();
        await _reader.UntilBegunAsync(Cancelled);

        (await DocumentAsync(queued.Id)).ShouldSatisfyAllConditions(
            document => document.Status.ShouldBe(DocumentStatus.Processing),
            document => document.Progress.ShouldBe(new DocumentProgress("reading", 0, 0, 1)));
        _reader.Release();

        var ready = await UntilAsync(queued.Id, DocumentStatus.Ready);
        ready.Progress.ShouldBeNull();
        ready.PassageCount.ShouldBe(1);
        (await _http.PassagesAsync(_source, queued.Id)).ShouldHaveSingleItem().Text.ShouldBe("Alpha.");
        (await _http.GetByteArrayAsync(new Uri($"{_source}/documents/{queued.Id}/content", UriKind.Relative), Cancelled)).ShouldBe("Alpha."u8.ToArray());
    }

    [Fact]
    public async Task A_replaced_document_answers_with_its_old_content_until_the_new_one_is_read()
    {
        var document = await ReadyAsync("a.md", "Old.");
        await QueueAsync("a.md", "New.");
        await _reader.UntilBegunAsync(Cancelled);

        (await _http.PassagesAsync(_source, document.Id)).ShouldHaveSingleItem().Text.ShouldBe("Old.");
        _reader.Fail(new ReadFailedException(KnowledgeReasons.Corrupt));

        // The new one is damaged: the person is told, and answers go on.
        (await UntilAsync(document.Id, DocumentStatus.Failed)).Reason!.Code.ShouldBe("corrupt");
        (await _http.PassagesAsync(_source, document.Id)).ShouldHaveSingleItem().Text.ShouldBe("Old.");
        await PostAsync(document.Id, "retry");
        await _reader.UntilBegunAsync(Cancelled);
        _reader.Release();

        await UntilAsync(document.Id, DocumentStatus.Ready);
        (await _http.PassagesAsync(_source, document.Id)).ShouldHaveSingleItem().Text.ShouldBe("New.");
    }

    [Fact]
    public async Task A_newer_content_takes_the_place_of_the_one_being_read()
    {
        var document = await QueueAsync("a.md", "First.");
        await _reader.UntilBegunAsync(Cancelled);

        await QueueAsync("a.md", "Second.");
        await _reader.UntilBegunAsync(Cancelled);
        await Eventually.HoldAsync("the first reading given up", () => Task.FromResult(!_reader.Interrupted.IsEmpty));
        _reader.Release();
        _reader.Release();

        await UntilAsync(document.Id, DocumentStatus.Ready);
        (await _http.PassagesAsync(_source, document.Id)).ShouldHaveSingleItem().Text.ShouldBe("Second.");
    }

    [Fact]
    public async Task Cancelling_ends_the_reading_and_a_retry_begins_it_anew()
    {
        var document = await QueueAsync("a.md", "Alpha.");
        await _reader.UntilBegunAsync(Cancelled);

        (await PostAsync(document.Id, "cancel")).Status.ShouldBe(DocumentStatus.Cancelled);
        await Eventually.HoldAsync("the reading given up", () => Task.FromResult(!_reader.Interrupted.IsEmpty));
        (await DocumentAsync(document.Id)).Status.ShouldBe(DocumentStatus.Cancelled);

        _reader.IsClosed = false;
        await PostAsync(document.Id, "retry");
        await UntilAsync(document.Id, DocumentStatus.Ready);
        // Nothing to cancel or to read again: nothing happens.
        (await PostAsync(document.Id, "cancel")).Status.ShouldBe(DocumentStatus.Ready);
        (await PostAsync(document.Id, "retry")).Status.ShouldBe(DocumentStatus.Ready);
    }

    [Fact]
    public async Task Cancelling_a_replacement_leaves_the_old_content()
    {
        var document = await ReadyAsync("a.md", "Old.");
        await QueueAsync("a.md", "New.");
        await _reader.UntilBegunAsync(Cancelled);

        (await PostAsync(document.Id, "cancel")).Status.ShouldBe(DocumentStatus.Ready);

        (await _http.PassagesAsync(_source, document.Id)).ShouldHaveSingleItem().Text.ShouldBe("Old.");
    }

    [Fact]
    public async Task What_is_deleted_while_it_is_read_stays_deleted_and_leaves_nothing_in_storage()
    {
        var kept = await ReadyAsync("kept.md", "Kept.");
        var document = await QueueAsync("a.md", "Alpha.");
        await _reader.UntilBegunAsync(Cancelled);

        (await _http.DeleteAsync($"{_source}/documents/{document.Id}", Cancelled)).StatusCode.ShouldBe(HttpStatusCode.NoContent);
        await Eventually.HoldAsync("the reading given up", () => Task.FromResult(!_reader.Interrupted.IsEmpty));
        (await _http.DeleteAsync(_source, Cancelled)).StatusCode.ShouldBe(HttpStatusCode.NoContent);

        await (await _http.GetAsync($"{_source}/documents/{kept.Id}", Cancelled)).ShouldFailAsync(HttpStatusCode.NotFound, ErrorCode.NotFound);
        await Eventually.HoldAsync("all rows gone", async () => await CountAsync(
            $"""
            SELECT (SELECT count(*) FROM knowledge_documents WHERE id IN ('{document.Id}', '{kept.Id}'))
                + (SELECT count(*) FROM knowledge_passages WHERE document_id IN ('{document.Id}', '{kept.Id}'))
                + (SELECT count(*) FROM knowledge_sources WHERE id = '{_source.Split('/')[^1]}') + (SELECT count(*) FROM knowledge_jobs)
            """) == 0);
    }

    [Fact]
    public async Task A_failure_that_may_pass_is_tried_again_and_one_that_stays_is_told()
    {
        var document = await QueueAsync("a.md", "Alpha.");
        await _reader.UntilBegunAsync(Cancelled);
        _reader.Fail(new IOException("the disk hiccups"));
        await _reader.UntilBegunAsync(Cancelled);
        (await DocumentAsync(document.Id)).Progress!.Attempt.ShouldBe(2);
        _reader.Release();
        await UntilAsync(document.Id, DocumentStatus.Ready);

        await QueueAsync("b.md", "Beta.");
        for (var attempt = 0; attempt < 4; attempt++)
        {
            await _reader.UntilBegunAsync(Cancelled);
            _reader.Fail(new IOException("the disk is broken"));
        }

        var failed = await Eventually.SeeAsync("b failed", async () =>
            (await _http.GetAsync<Page<KnowledgeDocument>>($"{_source}/documents?status=failed")).Items.SingleOrDefault());
        failed.Reason!.Code.ShouldBe("server_error");
        (await (await _http.PostAsync($"{_source}/retry", null, Cancelled)).ReadAsync<RetriedDocuments>()).Queued.ShouldBe(1);
        await _reader.UntilBegunAsync(Cancelled);
        _reader.Release();
        await UntilAsync(failed.Id, DocumentStatus.Ready);
    }

    [Fact]
    public async Task A_job_of_a_process_that_went_silent_is_taken_over_and_one_that_costs_too_many_fails()
    {
        _reader.IsClosed = false;
        var document = await ReadyAsync("a.md", "Alpha.");
        await PlantAsync(document.Id, losses: 0);
        await UntilAsync(document.Id, DocumentStatus.Ready);

        await PlantAsync(document.Id, losses: 2);
        (await UntilAsync(document.Id, DocumentStatus.Failed)).Reason!.Code.ShouldBe("worker_lost");
        // It still answers: only its new reading failed.
        (await _http.PassagesAsync(_source, document.Id)).ShouldHaveSingleItem();
    }

    [Fact]
    public async Task A_tenant_with_a_long_queue_delays_another_one_by_what_runs_already()
    {
        for (var number = 0; number < 6; number++)
        {
            await QueueAsync($"many{number}.md", $"Text {number}.");
        }

        var other = (await _server.RegisterAsync()).Http;
        var source = await other.CreateSourceAsync((await other.CreateChatbotAsync()).Id);
        await other.UploadBytesAsync(source, waitSeconds: 0, ("single.md", "Single."u8.ToArray()));
        await _reader.UntilBegunAsync(Cancelled);
        await _reader.UntilBegunAsync(Cancelled);
        _reader.Release();
        await _reader.UntilBegunAsync(Cancelled);

        // Two places: two of the many, then at once the other tenant's.
        _reader.Begun.ShouldContain("single.md");
        _reader.Begun.Count.ShouldBe(3);
        _reader.IsClosed = false;
        _reader.Release();
        _reader.Release();
    }

    [Fact]
    public async Task A_duplicated_chatbot_has_what_its_original_has_read()
    {
        await ReadyAsync("a.md", "Alpha.");
        await QueueAsync("b.md", "Beta.");
        await _reader.UntilBegunAsync(Cancelled);
        var original = _source.Split('/')[4];

        var copy = await (await _http.PostAsync($"/api/v1/chatbots/{original}/duplicate", null, Cancelled)).ReadAsync<Chatbot>(HttpStatusCode.Created);

        var source = (await _http.GetAsync<Page<KnowledgeSource>>($"/api/v1/chatbots/{copy.Id}/sources")).Items.ShouldHaveSingleItem();
        source.Documents.ShouldBe(new DocumentCounts(1, 0, 0, 0));
        var address = $"/api/v1/chatbots/{copy.Id}/sources/{source.Id}";
        var document = (await _http.GetAsync<Page<KnowledgeDocument>>($"{address}/documents")).Items.ShouldHaveSingleItem();
        (await _http.PassagesAsync(address, document.Id)).ShouldHaveSingleItem().Text.ShouldBe("Alpha.");
        (await _http.GetByteArrayAsync(new Uri($"{address}/documents/{document.Id}/content", UriKind.Relative), Cancelled)).ShouldBe("Alpha."u8.ToArray());
    }

    private static Task<TestServer> StartAsync(IDocumentReader reader) => TestServer.StartAsync(
        new()
        {
            ["Knowledge:Jobs:Readers"] = "2", ["Knowledge:Jobs:RetrySeconds"] = "0.01", ["Knowledge:Jobs:LeaseSeconds"] = "3", ["Knowledge:Jobs:MostLosses"] = "3",
        },
        services => services.AddSingleton(reader));

    /// <summary>A job as a process that was killed leaves it behind.</summary>
    private Task PlantAsync(Guid documentId, int losses) => RunAsync(
        $"""
        UPDATE knowledge_documents SET status = 'processing' WHERE id = '{documentId}';
        INSERT INTO knowledge_jobs (id, organization_id, chatbot_id, source_id, document_id, lane, status, attempt, losses, worker_id, lease_until, run_after, queued_at)
        SELECT gen_random_uuid(), organization_id, chatbot_id, source_id, id, 'read', 'running', 1, {losses}, gen_random_uuid(), now() - interval '1 second', now(), now()
        FROM knowledge_documents WHERE id = '{documentId}'
        """);

    private async Task<object?> RunAsync(string sql)
    {
        await using var connection = new NpgsqlConnection(_server.Database.AdministratorConnectionString);
        await connection.OpenAsync(Cancelled);
        await using var command = new NpgsqlCommand(sql, connection);
        return await command.ExecuteScalarAsync(Cancelled);
    }

    private async Task<long> CountAsync(string sql) => (long)(await RunAsync(sql))!;

    private async Task<KnowledgeDocument> QueueAsync(string name, string text)
    {
        var response = await _http.UploadBytesAsync(_source, waitSeconds: 0, (name, Encoding.UTF8.GetBytes(text)));
        return (await response.ReadAsync<UploadedDocuments>()).Items.ShouldHaveSingleItem().Document;
    }

    private async Task<KnowledgeDocument> ReadyAsync(string name, string text)
    {
        var wasClosed = _reader.IsClosed;
        _reader.IsClosed = false;
        var document = (await _http.UploadedAsync(_source, name, text)).Document;
        document.Status.ShouldBe(DocumentStatus.Ready);
        _reader.IsClosed = wasClosed;
        return document;
    }

    private Task<KnowledgeDocument> DocumentAsync(Guid id) => _http.GetAsync<KnowledgeDocument>($"{_source}/documents/{id}");

    private async Task<KnowledgeDocument> PostAsync(Guid id, string what) =>
        await (await _http.PostAsync($"{_source}/documents/{id}/{what}", null, Cancelled)).ReadAsync<KnowledgeDocument>();

    private Task<KnowledgeDocument> UntilAsync(Guid id, string status) =>
        Eventually.SeeAsync($"document {status}", async () => await DocumentAsync(id) is { } document && document.Status == status ? document : null);
}
