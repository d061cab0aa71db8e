using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using Farm.Server.Contracts.Shared;
using Farm.Server.Contracts.TaskTracker.Operations;
using Farm.Server.Operations.Configuration;

namespace Farm.Server.Contracts.TaskTracker;

/// <summary>Settings of this protocol (Contracts/TaskTracker/Contract.md section 5.11).</summary>
internal sealed record TrackerSettings
{
    private const string InvalidCookieName = "is not a valid cookie name; use letters and digits";

    /// <summary>A second path prefix for every route; empty for none.</summary>
    [ConfigurationKeyName("api_prefix")]
    [Description("A second path below which the protocol's routes are served; empty for none.")]
    [RegularExpression("/.*", ErrorMessage = "must begin with a slash")]
    public string ApiPrefix { get; init => field = value.TrimEnd('/'); } = "/api";

    /// <summary>The origins whose pages may call the protocol without a session; none by default.</summary>
    [ConfigurationKeyName("origins")]
    [Description("Pages of these origins may call the protocol from a browser (CORS), without the session cookie. Pages of all others are refused.")]
    [Origins]
    public IReadOnlyList<string> Origins { get; init; } = [];

    /// <summary>The name of the session cookie, on the dashboard too.</summary>
    [ConfigurationKeyName("cookie")]
    [Description("The name of the session cookie, on the dashboard too.")]
    [Required(ErrorMessage = InvalidCookieName)]
    [RegularExpression("[A-Za-z0-9!#$%&'*+.^_`|~-]+", ErrorMessage = InvalidCookieName)]
    public string Cookie { get; init; } = "tt";

    /// <summary>How long people stay signed in.</summary>
    [ConfigurationKeyName("session_lifetime")]
    [Description("How long a sign-in lasts, on the dashboard too.")]
    [LongerThanZero]
    public TimeSpan SessionLifetime { get; init; } = TimeSpan.FromHours(8);

    /// <summary>The branches whose pushes change the version of a project (section 4.6).</summary>
    [ConfigurationKeyName("branches")]
    [Description("Pushes to these branches set the version of a project.")]
    public IReadOnlyList<string> Branches { get; init; } = ["master"];

    /// <summary>Settings of projects.</summary>
    public ProjectSettings Projects { get; init; } = new();
}
