using System.Reflection;

namespace Farm.Server.Worker;

/// <summary>The version that the worker reports.</summary>
internal static class SoftwareVersion
{
    /// <summary>For example `0.1.0`.</summary>
    public static string Number { get; } =
        typeof(SoftwareVersion).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion.Split('+')[0] ?? "0.0.0";

    /// <summary>The `software_version` of sign-on.</summary>
    public static string Text { get; } = $"farm {Number}";
}
