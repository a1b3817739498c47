namespace Evenkeel.Bench;

/// <summary>Where things are; made by <c>./bench</c>.</summary>
/// <param name="Server">The published server.</param>
/// <param name="Model">The published scripted model.</param>
/// <param name="Results">Where figures go.</param>
internal sealed record BenchPaths(string Server, string Model, string Results);
