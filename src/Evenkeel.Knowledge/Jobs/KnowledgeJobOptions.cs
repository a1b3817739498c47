using System.ComponentModel.DataAnnotations;

namespace Evenkeel.Knowledge.Jobs;

/// <summary>Settings under <c>Knowledge:Jobs</c>: how much of a worker reading, fetching and embedding may take.</summary>
public sealed class KnowledgeJobOptions
{
    /// <summary>Documents read at the same time in one process. Few: reading costs processor time that turns should have.</summary>
    [Range(0, 64)]
    public int Readers { get; init; } = 2;

    /// <summary>Web sources fetched at the same time: mostly waiting.</summary>
    [Range(0, 64)]
    public int Fetchers { get; init; } = 4;

    /// <summary>Documents embedded at the same time: waiting for the model server.</summary>
    [Range(0, 64)]
    public int Embedders { get; init; } = 2;

    /// <summary>Seconds after which a job whose process says nothing is given to another one. A third of it is the time between two signs of life.</summary>
    [Range(1, 3600)]
    public double LeaseSeconds { get; init; } = 30;

    /// <summary>How many processes a job may cost before it fails: a document that ends the process that reads it must not end them all.</summary>
    [Range(1, 20)]
    public int MostLosses { get; init; } = 3;

    /// <summary>Tries of a job whose failure may pass by itself.</summary>
    [Range(1, 20)]
    public int MostTries { get; init; } = 4;

    /// <summary>Seconds before the second try; each further one waits four times as long.</summary>
    [Range(0.001, 3600)]
    public double RetrySeconds { get; init; } = 5;

    internal int PlacesOf(string lane) => lane switch
    {
        JobLane.Read => Readers,
        JobLane.Fetch => Fetchers,
        _ => Embedders,
    };
}
