namespace Farm.Server.CommandLine.Service;

/// <summary>The unit file of the farm (systemd.service(5), systemd.exec(5)).</summary>
internal static class SystemdUnit
{
    /// <summary>Any code but 0 makes systemd start the server again (Restart=on-failure); this is EX_TEMPFAIL of sysexits(3).</summary>
    private static readonly string[] RestartArguments = ["--restart-exit-code", "75"];

    /// <summary>
    /// The text of the file. The service may write its data directory and storage outside of system directories and listen on any port; other
    /// privileges are dropped.
    /// </summary>
    public static string Text(ServiceSettings settings) =>
        $"""
        [Unit]
        Description=Farm, a render and task farm
        Wants=network-online.target
        After=network-online.target

        [Service]
        Type=notify
        ExecStart={string.Join(' ', settings.Command.Concat(RestartArguments).Select(Argument))}
        User={Value(settings.User)}
        WorkingDirectory={Value(settings.Data)}
        UMask=0077
        Restart=on-failure
        RestartSec=5
        TimeoutStartSec=10min
        TimeoutStopSec=1min

        # The executable unpacks its libraries here, because the account may have no home directory.
        CacheDirectory=farm
        Environment=DOTNET_BUNDLE_EXTRACT_BASE_DIR=%C/farm

        # Add storage below /home that the farm writes.
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

    /// <summary>With a private /tmp, the service would not see a data directory there.</summary>
    private static bool IsTemporary(string path) =>
        path.StartsWith("/tmp/", StringComparison.Ordinal) || path.StartsWith("/var/tmp/", StringComparison.Ordinal);

    /// <summary>An argument of a command. A dollar sign is doubled, because systemd expands variables.</summary>
    private static string Argument(string text) => Quoted(text.Replace("$", "$$", StringComparison.Ordinal));

    /// <summary>A quoted word.</summary>
    private static string Quoted(string text) =>
        $"\"{Value(text.Replace("\\", @"\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal))}\"";

    /// <summary>The rest of a line, which needs no quotes; a percent sign is doubled, because systemd expands specifiers.</summary>
    private static string Value(string text) => text.Replace("%", "%%", StringComparison.Ordinal);
}
