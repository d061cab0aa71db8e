using System.Security.Cryptography;
using System.Text;
using Farm.Tests.Operations.Images.Inspection;

namespace Farm.Tests.Drills.Fuzz.Grammar;

/// <summary>Valid requests of the Flamenco protocol.</summary>
internal sealed class FlamencoGrammar : ProtocolGrammar
{
    private const string Secret = "0123456789abcdef";
    private const string Registration = $$"""{"name":"fuzzed","secret":"{{Secret}}","platform":"linux","supported_task_types":["misc","blender","ffmpeg","workflow","command-line"]}""";
    private const string EchoJob = """
        {"name":"fuzzed","type":"echo-sleep-test","priority":50,"submitter_platform":"linux","initial_status":"queued","metadata":{"user.name":"ann","project":"shot"},
        "settings":{"message":"hello","sleep_duration_seconds":2,"sleep_repeats":3}}
        """;
    private const string RenderJob = """
        {"name":"shot","type":"simple-blender-render","priority":50,"submitter_platform":"linux","worker_tag":"$tag$","storage":{"shaman_checkout_id":"shot"},
        "settings":{"frames":"1-10","chunk_size":3,"render_output_root":"/render","add_path_components":0,"render_output_path":"/render/######","blendfile":"/shared/shot.blend","fps":24,"format":"PNG","image_file_extension":".png","has_previews":false,"scene":""}}
        """;
    private const string Worker = Callers.FlamencoWorker;

    private static readonly byte[] Stored = "a file of a checkout"u8.ToArray();
    private static readonly string Sha = Convert.ToHexStringLower(SHA256.HashData(Stored));

    public override string Protocol => "flamenco";

    public override IReadOnlyList<Sample> Samples { get; } =
    [
        Sample.Json("POST", "/api/v3/worker/register-worker", Registration).Costly(),
        Sample.Json("POST", "/api/v3/worker/sign-on", """{"name":"fuzzed","supported_task_types":["misc","blender","workflow"],"software_version":"3.8.5","can_restart":true}""", Worker),
        Sample.Of("POST", "/api/v3/worker/sign-off", Worker),
        Sample.Of("GET", "/api/v3/worker/state", Worker),
        Sample.Json("POST", "/api/v3/worker/state-changed", """{"status":"awake"}""", Worker),
        Sample.Of("POST", "/api/v3/worker/task", Worker),
        Sample.Json("POST", "/api/v3/worker/task/$assigned$", """{"taskStatus":"active","activity":"frame 1","log":"line\nline","steps_completed":1}""", Worker),
        Sample.Json("POST", "/api/v3/worker/task/$assigned$", """{"taskStatus":"completed","activity":"done"}""", Worker),
        Sample.Json("POST", "/api/v3/worker/task/$assigned$", """{"taskStatus":"failed","activity":"no"}""", Worker),
        Sample.Of("GET", "/api/v3/worker/task/$assigned$/may-i-run", Worker),
        Sample.Bytes("POST", "/api/v3/worker/task/$assigned$/output-produced", "image/png", SampleImages.Png(8, 8), Worker),
        Sample.Bytes("POST", "/api/v3/worker/task/$assigned$/output-produced", "image/jpeg", SampleImages.Jpeg(), Worker),
        Sample.Of("GET", "/api/v3/version"),
        Sample.Of("GET", "/api/v3/configuration/variables/users/linux"),
        Sample.Of("GET", "/api/v3/configuration/shared-storage/workers/windows"),
        Sample.Json("POST", "/api/v3/configuration/check/shared-storage", """{"path":"/tmp"}"""),
        Sample.Json("POST", "/api/v3/configuration/check/blender", """{"input":"blender"}""", Callers.Administrator),
        Sample.Of("GET", "/api/v3/configuration/check/blender", Callers.Administrator),
        Sample.Json("POST", "/api/v3/configuration/setup-assistant", """{"storageLocation":"/tmp","blenderExecutable":{"path":"","input":"blender","source":"default","is_usable":true,"cause":""}}""", Callers.Administrator),
        Sample.Json("PUT", "/api/v3/configuration/file", """{"manager_name":"Fuzzed","access":"open","autodiscoverable":false,"shaman":{"enabled":true},"task_timeout":"10m0s"}""", Callers.Administrator),
        Sample.Of("GET", "/api/v3/jobs/type/simple-blender-render"),
        Sample.Json("POST", "/api/v3/jobs", EchoJob),
        Sample.Json("POST", "/api/v3/jobs", RenderJob),
        Sample.Json("POST", "/api/v3/jobs/check", RenderJob),
        Sample.Json("DELETE", "/api/v3/jobs/mass-delete", """{"last_updated_max":"2001-01-01T00:00:00Z"}"""),
        Sample.Of("GET", "/api/v3/jobs?status=active&project=shot&limit=10&offset=1"),
        Sample.Of("GET", "/api/v3/jobs/$job$"),
        Sample.Of("DELETE", "/api/v3/jobs/$oldJob$"),
        Sample.Of("GET", "/api/v3/jobs/$job$/what-would-delete-do"),
        Sample.Of("GET", "/api/v3/jobs/$job$/last-rendered"),
        Sample.Json("POST", "/api/v3/jobs/$job$/setstatus", """{"status":"paused","reason":"fuzzed"}"""),
        Sample.Json("POST", "/api/v3/jobs/$job$/setstatus", """{"status":"requeueing","reason":"fuzzed"}"""),
        Sample.Json("POST", "/api/v3/jobs/$job$/setpriority", """{"priority":60}"""),
        Sample.Json("POST", "/api/v3/jobs/$job$/settag", """{"worker_tag":"$tag$"}"""),
        Sample.Of("GET", "/api/v3/jobs/$job$/tasks"),
        Sample.Of("GET", "/api/v3/jobs/$job$/blocklist"),
        Sample.Json("DELETE", "/api/v3/jobs/$job$/blocklist", """[{"worker_id":"$worker$","task_type":"misc","worker_name":"fuzzed"}]"""),
        Sample.Of("GET", "/api/v3/tasks/$task$"),
        Sample.Of("GET", "/api/v3/tasks/$task$/logtail"),
        Sample.Of("GET", "/api/v3/tasks/$task$/log"),
        Sample.Json("POST", "/api/v3/tasks/$task$/setstatus", """{"status":"queued","reason":"fuzzed"}"""),
        Sample.Of("GET", "/api/v3/worker-mgt/workers/$worker$"),
        Sample.Of("DELETE", "/api/v3/worker-mgt/workers/$oldWorker$"),
        Sample.Json("POST", "/api/v3/worker-mgt/workers/$worker$/setstatus", """{"status":"awake","is_lazy":true}"""),
        Sample.Json("POST", "/api/v3/worker-mgt/workers/$worker$/settags", """{"tag_ids":["$tag$"]}"""),
        Sample.Of("GET", "/api/v3/worker-mgt/workers/$worker$/sleep-schedule"),
        Sample.Json("POST", "/api/v3/worker-mgt/workers/$worker$/sleep-schedule", """{"is_active":false,"days_of_week":"mo tu","start_time":"09:00","end_time":"18:00"}"""),
        Sample.Json("POST", "/api/v3/worker-mgt/tags", """{"name":"fuzzed","description":"a tag"}"""),
        Sample.Of("GET", "/api/v3/worker-mgt/tag/$tag$"),
        Sample.Json("PUT", "/api/v3/worker-mgt/tag/$tag$", """{"name":"renamed","description":"a tag"}"""),
        Sample.Of("DELETE", "/api/v3/worker-mgt/tag/$oldTag$"),
        Sample.Json("POST", "/api/v3/shaman/checkout/requirements", $$"""{"files":[{"sha":"{{Sha}}","size":{{Stored.Length}},"path":"shot/scene.blend"}]}"""),
        Sample.Json("POST", "/api/v3/shaman/checkout/create", $$"""{"files":[{"sha":"{{Sha}}","size":{{Stored.Length}},"path":"shot/scene.blend"}],"checkoutPath":"shot"}"""),
        Sample.Of("GET", $"/api/v3/shaman/files/{Sha}/{Stored.Length}"),
        Sample.Bytes("POST", $"/api/v3/shaman/files/{Sha}/{Stored.Length}", "application/octet-stream", Stored),
        Sample.Of("GET", "/job-files/job-$job$/$job$/last-rendered.jpg"),
    ];

    public override async Task PrepareAsync(FuzzTarget farm, Things things, int round)
    {
        if (!things.Has("worker") || await farm.StatusAsync("GET", "/api/v3/worker/state", things.Credentials[Worker]) is not (200 or 204))
            things.Credentials[Worker] = await RegisterAsync(farm, things, "worker");
        if (!things.Has("oldWorker")) await RegisterAsync(farm, things, "oldWorker");
        await farm.CallAsync("POST", "/api/v3/worker/sign-on", """{"name":"fuzzed","supported_task_types":["misc","blender","workflow","command-line"],"software_version":"3.8.5"}""", things.Credentials[Worker], 200);
        await farm.CallAsync("POST", "/api/v3/worker/state-changed", """{"status":"awake"}""", things.Credentials[Worker], 204);
        foreach (var name in (string[])["tag", "oldTag"])
            things[name] = (string)(await farm.CallAsync("POST", "/api/v3/worker-mgt/tags", $$"""{"name":"{{name}} {{round}}"}""", [], 200))!["id"]!;
        foreach (var name in (string[])["job", "oldJob"]) things[name] = (string)(await farm.CallAsync("POST", "/api/v3/jobs", EchoJob.Replace("50", "100"), [], 200))!["id"]!;
        things["task"] = (string)(await farm.CallAsync("GET", $"/api/v3/jobs/{things["job"]}/tasks", null, [], 200))!["tasks"]![0]!["id"]!;
        // A worker that is asked to do something else gets no task, and keeps the one it had.
        if ((await farm.CallAsync("POST", "/api/v3/worker/task", null, things.Credentials[Worker], 200, 204, 409, 423))?["uuid"] is { } assigned) things["assigned"] = (string)assigned!;
        else if (!things.Has("assigned")) things["assigned"] = things["task"];
    }

    private static async Task<string[]> RegisterAsync(FuzzTarget farm, Things things, string name)
    {
        var worker = await farm.CallAsync("POST", "/api/v3/worker/register-worker", Registration, [], 200);
        things[name] = (string)worker!["uuid"]!;
        return [$"Authorization: Basic {Convert.ToBase64String(Encoding.UTF8.GetBytes($"{things[name]}:{Secret}"))}"];
    }
}
