using System.CommandLine;

namespace Farm.Server.CommandLine;

/// <summary>Options that several verbs have.</summary>
internal static class CommonOptions
{
    /// <summary>The data directory that is used unless another one is named.</summary>
    public const string DefaultData = "farm-data";

    /// <summary><c>--data</c></summary>
    public static Option<string> Data() => new("--data")
    {
        Description = "The directory that everything of the farm is in.",
        HelpName = "DIRECTORY",
        DefaultValueFactory = _ => DefaultData,
    };

    /// <summary><c>--config</c></summary>
    public static Option<string?> Config() => new("--config")
    {
        Description = "The file with the settings; by default farm.yaml in the data directory, where there is one.",
        HelpName = "FILE",
    };

    /// <summary><c>--urls</c></summary>
    public static Option<string?> Urls() => new("--urls")
    {
        Description = "Where to listen instead of the setting \"listen\", for example http://127.0.0.1:8080.",
        HelpName = "URL",
    };

    /// <summary><c>--url</c></summary>
    public static Option<string?> Url() => new("--url")
    {
        Description = "Where the farm answers; by default on this machine, at the port of its settings.",
        HelpName = "URL",
    };
}
