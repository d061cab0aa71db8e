using System.CommandLine;

namespace Farm.Server.CommandLine;

/// <summary>Options shared by several commands.</summary>
internal static class CommonOptions
{
    /// <summary>The default data directory.</summary>
    public const string DefaultData = "farm-data";

    /// <summary><c>--data</c></summary>
    public static Option<string> Data() => new("--data")
    {
        Description = "The data directory of the farm.",
        HelpName = "DIRECTORY",
        DefaultValueFactory = _ => DefaultData,
    };

    /// <summary><c>--config</c></summary>
    public static Option<string?> Config() => new("--config")
    {
        Description = "The settings file; by default farm.yaml in the data directory, if it exists.",
        HelpName = "FILE",
    };

    /// <summary><c>--urls</c></summary>
    public static Option<string?> Urls() => new("--urls")
    {
        Description = "URL to listen on instead of the setting \"listen\", for example http://127.0.0.1:8080; several are separated by semicolons.",
        HelpName = "URL",
    };

    /// <summary><c>--url</c></summary>
    public static Option<string?> Url() => new("--url")
    {
        Description = "URL of the farm; by default this machine, with the port from the settings.",
        HelpName = "URL",
    };

    /// <summary><c>--certificate-fingerprint</c>; its value is as <see cref="CertificateFingerprint.Parse"/> returns it.</summary>
    /// <param name="description">What it does.</param>
    /// <param name="word">A word that may stand instead of a fingerprint; null for none.</param>
    public static Option<string?> Fingerprint(string description, string? word = null) => new("--certificate-fingerprint")
    {
        Description = description,
        HelpName = "SHA256",
        CustomParser = result =>
        {
            var text = result.Tokens[0].Value;
            if (text == word) return word;
            if (CertificateFingerprint.Parse(text) is { } fingerprint) return fingerprint;
            result.AddError($"--certificate-fingerprint: '{text}' is not a SHA-256 fingerprint of 64 hexadecimal digits");
            return null;
        },
    };
}
