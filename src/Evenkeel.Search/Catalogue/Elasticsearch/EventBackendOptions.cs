using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;

namespace Evenkeel.Search.Catalogue.Elasticsearch;

/// <summary>Settings under <c>Search</c> that say where events are searched.</summary>
public sealed class EventBackendOptions
{
    /// <summary>In the database.</summary>
    public const string PostgreSql = "postgresql";

    /// <summary>In Elasticsearch 8 or 9, or OpenSearch 2 or 3; in the database while that is away.</summary>
    public const string ElasticsearchName = "elasticsearch";

    /// <summary>"postgresql" or "elasticsearch". PostgreSQL unless told: it needs nothing else, and finds among 100,000 events in milliseconds.</summary>
    [AllowedValues(PostgreSql, ElasticsearchName, ErrorMessage = "Search__Backend must be postgresql or elasticsearch.")]
    public string Backend { get; init; } = PostgreSql;

    /// <summary>Where Elasticsearch is.</summary>
    public ElasticsearchOptions Elasticsearch { get; init; } = new();

    internal bool IsElasticsearch => Backend == ElasticsearchName;
}

/// <summary>Settings under <c>Search:Elasticsearch</c>.</summary>
public sealed class ElasticsearchOptions
{
    /// <summary>Such as <c>https://search.example.com:9200</c>; may hold a name and password.</summary>
    public string Url { get; init; } = "";

    /// <summary>Name of the alias that is searched; the indexes behind it have a number after it. Installations that share a cluster need different ones.</summary>
    public string Index { get; init; } = "evenkeel-events";

    /// <summary>Sent as <c>Authorization: ApiKey</c>; empty = none.</summary>
    public string ApiKey { get; init; } = "";

    /// <summary>Seconds until a search is done in the database instead: somebody waits for it.</summary>
    [Range(0.05, 60)]
    public double TimeoutSeconds { get; init; } = 2;

    /// <summary>Seconds for writing some hundred events; nobody waits.</summary>
    [Range(0.05, 600)]
    public double WriteTimeoutSeconds { get; init; } = 30;
}

internal sealed class ValidateEventBackendOptions : IValidateOptions<EventBackendOptions>
{
    public ValidateOptionsResult Validate(string? name, EventBackendOptions options)
    {
        var elastic = options.Elasticsearch;
        return !options.IsElasticsearch ? ValidateOptionsResult.Success
            : !Uri.TryCreate(elastic.Url, UriKind.Absolute, out var url) || (url.Scheme != Uri.UriSchemeHttp && url.Scheme != Uri.UriSchemeHttps)
                ? ValidateOptionsResult.Fail("Search__Backend is elasticsearch, but Search__Elasticsearch__Url is not an address: set it, such as http://localhost:9200.")
            : elastic.Index.Length == 0 || elastic.Index.Any(character => !(char.IsAsciiLetterLower(character) || char.IsAsciiDigit(character) || character is '-' or '_'))
                ? ValidateOptionsResult.Fail("Search__Elasticsearch__Index must be lower-case letters, digits, - and _.")
            : elastic.TimeoutSeconds is < 0.05 or > 60 || elastic.WriteTimeoutSeconds is < 0.05 or > 600
                ? ValidateOptionsResult.Fail("Search__Elasticsearch__TimeoutSeconds must be 0.05 to 60, WriteTimeoutSeconds 0.05 to 600.")
            : ValidateOptionsResult.Success;
    }
}
