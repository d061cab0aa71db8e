using Farm.Server.Hosting.Configuration;
using Farm.Server.Hosting.Https;
using Farm.Server.Store.Engine;

namespace Farm.Server.CommandLine;

/// <summary>What <c>farm demo</c> prints before it starts anything.</summary>
internal static class DemoBanner
{
    /// <summary>Three lines.</summary>
    /// <exception cref="Operations.Configuration.SettingException">A setting is invalid.</exception>
    /// <exception cref="CommandFailedException">The settings file does not exist, or an address is invalid.</exception>
    public static string Text(DataDirectory directory, string? config, string? urls)
    {
        var all = urls is null ? ListenUrls.Of(SettingsFile.Read(config, directory).Listen) : ListenUrls.OfOption(urls);
        var listen = all.OrderBy(HttpsHosting.IsHttps).First();
        return $"""
            Farm demo: a render farm with one worker and a sample job of 24 frames, all on this machine.
            The dashboard will be at {Address(listen)}.
            All data is in {directory.Root}; delete that directory to remove the demo.
            """;
    }

    private static string Address(string listen)
    {
        try
        {
            var address = RunningServer.OnThisMachine(listen);
            return address.Port == 0 ? $"{address.Host}, on a port that is chosen at the start" : address.ToString();
        }
        catch (UriFormatException)
        {
            // Such as http://*:8080, which only the web server understands.
            return listen;
        }
    }
}
