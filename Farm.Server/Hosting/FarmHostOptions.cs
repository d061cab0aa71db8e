using Farm.Server.Contracts.Flamenco;
using Farm.Server.Domain.Variables;
using Farm.Server.Hosting.Security;
using Farm.Server.Operations;

namespace Farm.Server.Hosting;

/// <summary>What a farm needs to know before it starts.</summary>
internal sealed record FarmHostOptions
{
    /// <summary>Where everything of the farm lives (<c>--data</c>).</summary>
    public required string DataDirectory { get; init; }

    /// <summary>Where it listens (<c>--urls</c>).</summary>
    public required IReadOnlyList<string> Urls { get; init; }

    /// <summary>The limits that a studio may set.</summary>
    public FarmLimits Limits { get; init; } = new();

    /// <summary>The variables of the farm.</summary>
    public required VariableTable Variables { get; init; }

    /// <summary>The clock.</summary>
    public TimeProvider Time { get; init; } = TimeProvider.System;

    /// <summary>Who is answered, and how much may be sent.</summary>
    public SecuritySettings Security { get; init; } = new();

    /// <summary>What Flamenco's clients are told.</summary>
    public FlamencoSettings Flamenco { get; init; } = new();

    /// <summary>The ffmpeg program; empty for the one of this machine, if it has one, and <c>off</c> for none.</summary>
    public string Ffmpeg { get; init; } = "";

    /// <summary>Where log lines go; null for the console.</summary>
    public Action<ILoggingBuilder>? Logging { get; init; }
}
