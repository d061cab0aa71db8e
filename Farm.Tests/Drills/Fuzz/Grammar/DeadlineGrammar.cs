namespace Farm.Tests.Drills.Fuzz.Grammar;

/// <summary>Valid requests of the Deadline protocol. Its jobs are those of the other protocols too.</summary>
internal sealed class DeadlineGrammar : ProtocolGrammar
{
    private const string CommandLineJob = """
        {"JobInfo":{"Plugin":"CommandLine","Name":"fuzzed","Frames":"1-5,7","ChunkSize":"2","Priority":"50","InitialStatus":"Active","Pool":"none","Comment":"c","ExtraInfoKeyValue0":"a=b"},
        "PluginInfo":{"Executable":"echo","Arguments":"<STARTFRAME>"},"AuxFiles":[],"IdOnly":false}
        """;
    private const string BlenderJob = """
        {"JobInfo":{"Plugin":"Blender","Name":"shot","Frames":"1-10x2","OutputDirectory0":"/out","OutputFilename0":"f_####.png"},"PluginInfo":{"SceneFile":"/shared/shot.blend"},"IdOnly":"true"}
        """;

    private static readonly string[] TaskCommands = ["requeue", "complete", "suspend", "resume", "fail", "resumefailed", "pend", "releasepending"];
    private static readonly string[] JobCommands = ["suspend", "resume", "requeue", "pend", "releasepending", "archive"];

    public override string Protocol => "deadline";

    public override IReadOnlyList<Sample> Samples { get; } =
    [
        Sample.Of("GET", "/api/tasks?JobID=$job$"),
        Sample.Of("GET", "/api/tasks?JobID=$job$&TaskID=0"),
        Sample.Of("GET", "/api/tasks?JobID=$job$&IdOnly=true"),
        .. TaskCommands.Select(command => Sample.Json("PUT", "/api/tasks", $$"""{"Command":"{{command}}","JobID":"$job$","TaskList":[0,1]}""")),
        Sample.Json("POST", "/api/jobs", CommandLineJob),
        Sample.Json("POST", "/api/jobs", BlenderJob),
        Sample.Of("GET", "/api/jobs?JobID=$job$,$oldJob$"),
        Sample.Of("GET", "/api/jobs?States=Active,2&IdOnly=true"),
        .. JobCommands.Select(command => Sample.Json("PUT", "/api/jobs", $$"""{"Command":"{{command}}","JobID":"$job$"}""")),
        Sample.Of("DELETE", "/api/jobs?JobID=$oldJob$"),
        Sample.Of("GET", "/api/pools?Pool=none"),
        Sample.Of("GET", "/api/groups?Group=none,x"),
        Sample.Of("GET", "/api/slaves?Data=infosettings&Name=fuzzed"),
        Sample.Of("GET", "/api/slaves?NamesOnly=true"),
        Sample.Of("GET", "/api/repository?Directory=root"),
        Sample.Of("POST", "/api/tasks"),
    ];
}
