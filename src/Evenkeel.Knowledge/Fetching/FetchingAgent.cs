using System.Reflection;

namespace Evenkeel.Knowledge.Fetching;

/// <summary>What we call ourselves to sites; robots.txt speaks of us by this name.</summary>
internal static class FetchingAgent
{
    public const string Name = "Evenkeel";

    /// <summary>The program's version, without the commit it was built from.</summary>
    public static string Version { get; } =
        typeof(FetchingAgent).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()!.InformationalVersion.Split('+')[0];
}
