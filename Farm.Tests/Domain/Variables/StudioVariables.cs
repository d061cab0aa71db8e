using Farm.Server.Domain.Variables;

namespace Farm.Tests.Domain.Variables;

/// <summary>The variables of a studio with machines of all platforms and a farm on Linux.</summary>
internal static class StudioVariables
{
    public static readonly string[] Platforms = ["linux", "windows", "darwin"];

    public static readonly Variable[] All =
    [
        Oneway("blender", ("linux", "/opt/blender/blender"), ("windows", @"C:\Blender\blender.exe"), ("darwin", "blender")),
        Oneway("blenderArgs", ("all", "-b -y")),
        Oneway("shots", ("all", "{renders}/shots")),
        Twoway("storage", ("linux", "/mnt/storage"), ("windows", "S:\\"), ("darwin", "/Volumes/storage")),
        Twoway("renders", ("linux", "/mnt/storage/renders/"), ("windows", @"\\nas\renders"), ("darwin", "/Volumes/renders")),
        Twoway("unix", ("linux", "/srv/unix"), ("darwin", "/Volumes/unix")),
    ];

    public static readonly VariableTable Table = new(All, managerPlatform: "linux", sharedStorage: "/mnt/storage/jobs");

    public static Variable Oneway(string name, params (string Platform, string Value)[] values) => Make(name, isTwoway: false, values);

    public static Variable Twoway(string name, params (string Platform, string Value)[] values) => Make(name, isTwoway: true, values);

    private static Variable Make(string name, bool isTwoway, (string Platform, string Value)[] values) =>
        new(name, isTwoway, [.. values.Select(value => new VariableValue(VariableAudience.All, [value.Platform], value.Value))]);
}
