using System.Security.Cryptography;
using Evenkeel.Accounts;
using Evenkeel.Contracts;
using Evenkeel.Contracts.Accounts;

namespace Evenkeel.Host.Server.Demo;

/// <summary>
/// The account that <c>./run</c> makes on the first start, so that a newcomer can look around at once. Its password is random and kept in the
/// data folder: there are no default credentials.
/// </summary>
internal static class DemoAccount
{
    private const string FileName = "demo-account.txt";

    /// <summary>Makes the account once per data folder, through the public API, gives it its catalogue, and says how to sign in.</summary>
    /// <param name="address">Where the server listens.</param>
    /// <param name="dataDirectory">Where the password is kept.</param>
    /// <param name="services">The server's.</param>
    /// <param name="cancellationToken">The server stops.</param>
    /// <returns>Lines for the person at the terminal.</returns>
    public static async Task<string> EnsureAsync(Uri address, string dataDirectory, IServiceProvider services, CancellationToken cancellationToken)
    {
        var lines = await RegisterAsync(address, dataDirectory, cancellationToken);
        await ActivatorUtilities.CreateInstance<DemoCatalogue>(services).EnsureAsync(cancellationToken);
        return lines;
    }

    private static async Task<string> RegisterAsync(Uri address, string dataDirectory, CancellationToken cancellationToken)
    {
        var file = Path.Combine(dataDirectory, FileName);
        if (!File.Exists(file))
        {
            // On an external database nothing else may have needed the folder yet.
            Directory.CreateDirectory(dataDirectory);
            var password = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(10));
            using var client = new HttpClient { BaseAddress = address };
            using var response = await client.PostAsJsonAsync(
                "/auth/register",
                new RegisterRequest { Email = DemoAccountEmail.Address, Password = password, DisplayName = "Demo", OrganizationName = "Evenkeel demo", Locale = "en" },
                Wire.Json,
                cancellationToken);
            if (!response.IsSuccessStatusCode)
            {
                return "Create an account there: its first chatbot already knows the user guide.";
            }

            await WriteAsync(file, $"{DemoAccountEmail.Address}\n{password}\n", cancellationToken);
        }

        var lines = await File.ReadAllLinesAsync(file, cancellationToken);
        return $"Create an account there, or sign in as {lines[0]} with the password {lines[1]}\n  (kept in {file}).";
    }

    private static async Task WriteAsync(string file, string text, CancellationToken cancellationToken)
    {
        var options = new FileStreamOptions { Mode = FileMode.Create, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        await using var writer = new StreamWriter(file, options);
        await writer.WriteAsync(text.AsMemory(), cancellationToken);
    }
}
