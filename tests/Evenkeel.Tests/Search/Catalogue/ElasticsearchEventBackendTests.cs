using System.Net.Http.Headers;
using System.Text;
using Evenkeel.Platform.Health;
using Evenkeel.Search.Catalogue;
using Evenkeel.Search.Catalogue.Elasticsearch;
using Evenkeel.Tests.Models;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Shouldly;
using Xunit;

namespace Evenkeel.Tests.Search.Catalogue;

/// <summary>Against a strict stand-in, or a real one where <c>TEST_ELASTICSEARCH_URL</c> is set.</summary>
public sealed class ElasticsearchEventBackendTests : EventBackendConformance, IAsyncLifetime
{
    private static readonly string? RealUrl = Environment.GetEnvironmentVariable("TEST_ELASTICSEARCH_URL");

    private readonly ManualClock _clock = new();
    private ServiceProvider _http = null!;
    private FakeElasticsearch _fake = null!;
    private EventWorld _world = null!;
    private ElasticsearchClient _client = null!;
    private ElasticsearchEventBackend _backend = null!;

    private protected override EventWorld World => _world;

    private protected override IEventBackend Backend => _backend;

    public async ValueTask InitializeAsync()
    {
        _fake = await FakeElasticsearch.StartAsync();
        _world = await EventWorld.StartAsync(new EventBackendOptions
        {
            Backend = "elasticsearch", Elasticsearch = new ElasticsearchOptions { Url = RealUrl ?? _fake.Url, Index = "evenkeel-test" },
        });
        _http = new ServiceCollection().AddHttpClient().BuildServiceProvider();
        _client = new ElasticsearchClient(_http.GetRequiredService<IHttpClientFactory>(), _world.Options, _clock);
        _backend = new ElasticsearchEventBackend(_client, new ElasticsearchIndex(_client, _world.States, _world.Read, _world.Options), _world.Database);
    }

    public async ValueTask DisposeAsync()
    {
        await _http.DisposeAsync();
        await _world.DisposeAsync();
        await _fake.DisposeAsync();
        _fake.Refusals.ShouldBeEmpty("every request was as published");
    }

    [Fact]
    public async Task While_it_is_away_the_database_answers_says_so_and_what_changes_waits()
    {
        Assert.SkipWhen(RealUrl is not null, "A real one is not switched off.");
        var organization = Guid.CreateVersion7();
        var backends = new EventBackends(_world.Postgres, _backend, _world.Options, NullLogger<EventBackends>.Instance);
        var health = new ElasticsearchHealth(_client, _world.Options);
        await _world.AddAsync(organization, new MadeEvent { Title = "Harbour festival" });
        await SettleAsync(organization);
        var conditions = await _world.ConditionsAsync(organization, "harbour");
        (await backends.SearchAsync(conditions, Ct)).ShouldSatisfyAllConditions(
            matches => matches.Backend.ShouldBe("elasticsearch"), matches => matches.Total.ShouldBe(1), matches => matches.Warnings.ShouldBeEmpty());
        (await health.CheckAsync(HealthAsker.Server, Ct)).ShouldHaveSingleItem().Status.ShouldBe(HealthStatus.Ok);

        _fake.IsDown = true;
        await _world.AddAsync(organization, new MadeEvent { Title = "Harbour lights" });
        await _world.Postgres.ApplyChangesAsync(organization, Ct);
        await Should.ThrowAsync<ElasticsearchException>(() => _backend.ApplyChangesAsync(organization, Ct));
        for (var search = 0; search < 5; search++)
        {
            (await backends.SearchAsync(conditions, Ct)).ShouldSatisfyAllConditions(
                matches => matches.Backend.ShouldBe("postgresql"), matches => matches.Total.ShouldBe(2), matches => matches.Warnings.ShouldBe(["elasticsearch_unavailable"]));
        }

        var asked = _fake.Requests;
        await backends.SearchAsync(conditions, Ct);
        (await health.CheckAsync(HealthAsker.Server, Ct)).ShouldHaveSingleItem().Status.ShouldBe(HealthStatus.Degraded);
        _fake.Requests.ShouldBe(asked, "it is left alone for a while");
        (await _world.WaitingAsync(organization, "elasticsearch_changes")).ShouldBe(1);

        _fake.IsDown = false;
        _clock.Advance(TimeSpan.FromSeconds(5));
        await SettleAsync(organization);
        (await backends.SearchAsync(conditions, Ct)).ShouldSatisfyAllConditions(
            matches => matches.Backend.ShouldBe("elasticsearch"), matches => matches.Total.ShouldBe(2), matches => matches.Warnings.ShouldBeEmpty());
    }

    [Fact]
    public async Task What_it_finds_nothing_for_the_database_looks_for_by_meaning()
    {
        var organization = Guid.CreateVersion7();
        var backends = new EventBackends(_world.Postgres, _backend, _world.Options, NullLogger<EventBackends>.Instance);
        var boats = new MadeEvent { Title = "Boats" };
        await _world.AddAsync(organization, boats);
        await SettleAsync(organization);
        await _world.ChangeAsync(
            organization,
            "INSERT INTO event_vectors (event_id, organization_id, space, text_hash, vector, signature) VALUES (@id, current_organization_id(), 'two', '', '\\x003c0000', '10')",
            boats.Id);
        var conditions = await _world.ConditionsAsync(organization, "sailing") with { Meaning = new QuestionVector([1, 0], "two", 0.5) };

        (await backends.SearchAsync(conditions, Ct)).ShouldSatisfyAllConditions(
            matches => matches.EventIds.ShouldBe([boats.Id]), matches => matches.Backend.ShouldBe("postgresql"), matches => matches.Warnings.ShouldBeEmpty());
        (await backends.SearchAsync(conditions with { Meaning = null }, Ct)).Backend.ShouldBe("elasticsearch");
    }

    [Fact]
    public async Task A_new_index_takes_over_the_alias_and_the_one_before_is_removed()
    {
        Assert.SkipWhen(RealUrl is not null, "Looks into the stand-in.");
        var organization = Guid.CreateVersion7();
        await _world.AddAsync(organization, new MadeEvent { Title = "Regatta" });
        await SettleAsync(organization);
        _fake.Indexes.ShouldBe([$"evenkeel-test-{organization:N}-1"]);

        await _backend.StartRebuildAsync(organization, Ct);
        await SettleAsync(organization);
        _fake.Indexes.ShouldBe([$"evenkeel-test-{organization:N}-2"]);
        (await FindAsync(organization, "regatta")).Count.ShouldBe(1);
    }

    [Theory]
    [InlineData("POST", "x/_bulk", "application/json", "{\"index\":{\"_id\":\"1\"}}\n{}\n")]
    [InlineData("POST", "x/_bulk", "application/x-ndjson", "{\"index\":{\"_id\":\"1\"}}\n{}")]
    [InlineData("POST", "x/_search", "application/json", "{\"querry\":{}}")]
    [InlineData("PUT", "x", "application/json", "{\"mappings\":{\"properties\":{\"a\":{\"type\":\"txt\"}}}}")]
    [InlineData("POST", "_aliases", "application/json", "{\"actions\":[{\"add\":{\"indx\":\"x\"}}]}")]
    public async Task The_stand_in_refuses_what_is_not_published(string method, string path, string type, string body)
    {
        await using var fake = await FakeElasticsearch.StartAsync();
        using var http = new HttpClient { BaseAddress = new Uri(fake.Url) };
        var made = new StringContent("""{"settings":{"index":{"number_of_shards":1}},"mappings":{"properties":{}}}""", Encoding.UTF8) { Headers = { ContentType = new MediaTypeHeaderValue("application/json") } };
        (await http.PutAsync(method == "PUT" ? "y" : "x", made, Ct)).IsSuccessStatusCode.ShouldBeTrue();
        var content = new StringContent(body, Encoding.UTF8) { Headers = { ContentType = new MediaTypeHeaderValue(type) } };

        using var response = await http.SendAsync(new HttpRequestMessage(new HttpMethod(method), path) { Content = content }, Ct);

        ((int)response.StatusCode).ShouldBe(400);
    }

    /// <summary>One without an index yet is made anew, as the loop does it.</summary>
    private protected override async Task ApplyAsync(Guid organization)
    {
        if (await _world.States.ReadAsync(organization, _backend.Name, Ct) is null)
        {
            await _backend.StartRebuildAsync(organization, Ct);
        }

        await base.ApplyAsync(organization);
    }
}
