using Evenkeel.Accounts.Tokens;

namespace Evenkeel.Accounts.ApiKeys;

/// <summary>The form of an API key: <c>ek_</c>, then 256 random bits in base64url. The beginning lets scanners of public code find lost ones.</summary>
internal static class ApiKeySecret
{
    private const int Characters = 46;
    private const int ShownCharacters = 9;

    public static string Create() => IApiKeys.Beginning + OpaqueSecret.Create();

    /// <summary>What is kept of it for people: six characters of 43 tell nothing about the rest.</summary>
    public static string PrefixOf(string key) => key[..ShownCharacters];

    /// <summary>Anything else is not worth looking for.</summary>
    public static bool IsPossible(string key) => key.Length == Characters && key.StartsWith(IApiKeys.Beginning, StringComparison.Ordinal);
}
