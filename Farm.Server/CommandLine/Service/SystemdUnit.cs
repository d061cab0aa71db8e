namespace Farm.Server.CommandLine.Service;

/// <summary>The file that tells systemd how to run the farm (systemd.service(5), systemd.exec(5)).</summary>
internal static class SystemdUnit
{
    /// <summary>
    /// The whole text. The farm says itself when it is ready. It may write its data directory and storage outside of the system's own
    /// directories, listen on any port, and nothing else that a render farm does not need.
    /// </summary>
    public static string Text(ServiceSettings settings) =>
        $"""
        [Unit]
        Description=Farm, a render and task farm
        Wants=network-online.target
        After=network-online.target

        [Service]
        Type=notify
        ExecStart={string.Join(' ', settings.Command.Select(Argument))}
        User={Value(settings.User)}
        WorkingDirectory={Value(settings.Data)}
        UMask=0077
        Restart=on-failure
        RestartSec=5
        TimeoutStartSec=10min
        TimeoutStopSec=1min

        # The executable unpacks its libraries there; the account need not have a home.
        CacheDirectory=farm
        Environment=DOTNET_BUNDLE_EXTRACT_BASE_DIR=%C/farm

        # Storage below /home that the farm writes: name it here too.
        ReadWritePaths={Quoted(settings.Data)}
        ProtectSystem=full
        ProtectHome=read-only
        PrivateTmp={(IsTemporary(settings.Data) ? "no" : "yes")}
        PrivateDevices=yes
        ProtectClock=yes
        ProtectControlGroups=yes
        ProtectHostname=yes
        ProtectKernelLogs=yes
        ProtectKernelModules=yes
        ProtectKernelTunables=yes
        NoNewPrivileges=yes
        AmbientCapabilities=CAP_NET_BIND_SERVICE
        CapabilityBoundingSet=CAP_NET_BIND_SERVICE
        LockPersonality=yes
        RestrictAddressFamilies=AF_INET AF_INET6 AF_NETLINK AF_UNIX
        RestrictNamespaces=yes
        RestrictRealtime=yes
        RestrictSUIDSGID=yes
        SystemCallArchitectures=native

        [Install]
        WantedBy=multi-user.target

        """.ReplaceLineEndings("\n");

    /// <summary>A private /tmp would hide a data directory there.</summary>
    private static bool IsTemporary(string path) =>
        path.StartsWith("/tmp/", StringComparison.Ordinal) || path.StartsWith("/var/tmp/", StringComparison.Ordinal);

    /// <summary>A word of a command: systemd would put variables in the place of what follows a dollar.</summary>
    private static string Argument(string text) => Quoted(text.Replace("$", "$$", StringComparison.Ordinal));

    /// <summary>A word of a list.</summary>
    private static string Quoted(string text) =>
        $"\"{Value(text.Replace("\\", @"\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal))}\"";

    /// <summary>The rest of a line needs no quotes, but systemd looks for its own signs there too.</summary>
    private static string Value(string text) => text.Replace("%", "%%", StringComparison.Ordinal);
}
