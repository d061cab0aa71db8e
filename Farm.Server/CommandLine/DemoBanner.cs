using Farm.Server.Hosting.Configuration;
using Farm.Server.Store.Engine;

namespace Farm.Server.CommandLine;

/// <summary>The first words of <c>farm demo</c>, before anything is started: what it is, where it will be seen, where it writes.</summary>
internal static class DemoBanner
{
    /// <summary>Three lines.</summary>
    /// <exception cref="Operations.Configuration.SettingException">A setting cannot be used.</exception>
    /// <exception cref="CommandFailedException">The file with settings is not there, or an address is none.</exception>
    public static string Text(DataDirectory directory, string? config, string? urls)
    {
        var listen = urls?.Split(';')[0] ?? FarmSettings.ListenUrl(SettingsFile.Read(config, directory).Listen);
        return $"""
            Farm demo: a render farm with one worker and a sample job of 24 frames, all on this machine.
            The dashboard will be at {Address(listen)}.
            Everything is written to {directory.Root}: delete it and nothing is left.
            """;
    }

    private static string Address(string listen)
    {
        try
        {
            var address = RunningServer.OnThisMachine(listen);
            return address.Port == 0 ? $"{address.Host}, on a port that is known in a moment" : address.ToString();
        }
        catch (UriFormatException)
        {
            // Also what only the web server understands, as http://*:8080; it says itself what it cannot use.
            return listen;
        }
    }
}
