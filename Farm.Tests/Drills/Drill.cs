namespace Farm.Tests.Drills;

/// <summary>A drill of the test program.</summary>
/// <param name="Name">Its name on the command line.</param>
/// <param name="Arguments">Its arguments on the command line, which may all be left out.</param>
/// <param name="Subject">What goes wrong in it.</param>
/// <param name="RunAsync">Runs it with its arguments; the result is the exit code.</param>
internal sealed record Drill(string Name, string Arguments, string Subject, Func<string[], Task<int>> RunAsync)
{
    /// <summary>The exit code of a drill that this machine does not allow.</summary>
    public const int Skipped = 2;

    /// <summary>All drills.</summary>
    public static IReadOnlyList<Drill> All { get; } =
    [
        new("kill", "[times] [seed]", "the server is killed", Kill.KillDrill.RunAsync),
        new("pause", "[minutes] [seed]", "the server is stopped for a while", Pause.PauseDrill.RunAsync),
        new("disk", "[seed]", "the disk is full, or read-only", Disk.DiskDrill.RunAsync),
        new("log", "[rounds] [seed]", "the end of the database's log is torn off", Log.LogDrill.RunAsync),
        new("answers", "[minutes] [seed]", "answers are lost", Answers.AnswersDrill.RunAsync),
        new("clock", "[rounds] [seed]", "the clock jumps", Clock.ClockDrill.RunAsync),
        new("soak", "[minutes] [seed]", "nothing goes wrong, for long", Soak.SoakDrill.RunAsync),
        new("managers", "[minutes, or short] [seed] [proxy]", "managers of one database and the database fail", Managers.ManagersDrill.RunAsync),
        new("fuzz", "[requests] [seed] [connections]", "requests are hostile", Fuzz.FuzzDrill.RunAsync),
    ];

    /// <summary>The number at a place of the arguments.</summary>
    public static int Number(string[] arguments, int index, int otherwise) => arguments.Length > index ? int.Parse(arguments[index]) : otherwise;

    /// <summary>The seed at a place of the arguments; otherwise a random one.</summary>
    public static int Seed(string[] arguments, int index) => Number(arguments, index, Random.Shared.Next(1_000_000));
}
