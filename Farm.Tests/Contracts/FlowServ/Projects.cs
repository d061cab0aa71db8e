using System.Formats.Tar;
using System.IO.Compression;
using System.Text;

namespace Farm.Tests.Contracts.FlowServ;

/// <summary>Project folders.</summary>
internal static class Projects
{
    /// <summary>The workflow of flowServ's introduction, with a ranking.</summary>
    public static readonly IReadOnlyDictionary<string, string> HelloWorld = new Dictionary<string, string>
    {
        ["flowserv.yaml"] = """
            name: Hello World
            description: Greets people.
            instructions: docs/instructions.md
            specfile: workflow.yaml
            files:
            - source: code/
            - source: config/default.txt
              target: data/names.txt
            """,
        ["docs/instructions.md"] = "Upload names. {{docs/more.md}}",
        ["docs/more.md"] = "One a line.",
        ["code/greet.py"] = "print('hi')",
        ["config/default.txt"] = "Nobody",
        ["workflow.yaml"] = """
            workflow:
              files: {inputs: [code/, "$[[names]]"], outputs: [results/greetings.txt]}
              parameters: {inputfile: "$[[names]]", pause: "$[[pause]]", greeting: "$[[greeting]]", fixed: abc}
              steps:
              - name: greet
                files: {inputs: [code/], outputs: [results/greetings.txt, results/analytics.json]}
                action: {environment: "python:3.9", commands: ['${python} code/greet.py "${inputfile}" --pause ${pause} --greeting $greeting $${HOME}']}
            parameters:
            - {name: names, dtype: file, label: Names, target: data/names.txt, defaultValue: data/names.txt}
            - {name: pause, dtype: float, label: Pause, range: "[0,300]", defaultValue: 1, group: main}
            - {name: greeting, dtype: string, label: Greeting, help: What to say, isRequired: true}
            parameterGroups:
            - {name: main, title: Main, index: 0}
            outputs:
            - {source: results/greetings.txt, key: greetings, title: Greetings, caption: All of them, format: {type: plaintext}, widget: {wide: true, size: 2.0}}
            - {source: results/analytics.json}
            results:
              file: results/analytics.json
              schema:
              - {name: score, label: Score, dtype: float}
              - {name: lines, label: Lines, dtype: int, path: counts/lines, required: false}
              orderBy: [{name: score}]
            """,
    };

    /// <summary>A workflow with one command and whatever else is said of it.</summary>
    public static Dictionary<string, string> Of(string template, string name = "Small") => new()
    {
        ["flowserv.json"] = $$"""{"name": "{{name}}", "specfile": "workflow.yaml", "files": []}""",
        ["workflow.yaml"] = template,
    };

    /// <summary>An argument that is an upload.</summary>
    public static string FileArgument(string parameter, string upload, string? target = null)
    {
        var path = target is null ? "" : $",\"targetPath\":\"{target}\"";
        return $"{{\"name\":\"{parameter}\",\"value\":{{\"type\":\"$file\",\"value\":{{\"fileId\":\"{upload}\"{path}}}}}}}";
    }

    /// <summary>The folder as the command line sends it.</summary>
    public static byte[] Packed(IReadOnlyDictionary<string, string> project, string below = "")
    {
        using var bytes = new MemoryStream();
        using (var packed = new GZipStream(bytes, CompressionLevel.Fastest, leaveOpen: true))
        using (var tar = new TarWriter(packed))
        {
            foreach (var (path, text) in project)
                tar.WriteEntry(new PaxTarEntry(TarEntryType.RegularFile, below + path) { DataStream = new MemoryStream(Encoding.UTF8.GetBytes(text)) });
        }

        return bytes.ToArray();
    }

    /// <summary>The folder as people zip it.</summary>
    public static byte[] Zipped(IReadOnlyDictionary<string, string> project, string below = "")
    {
        using var bytes = new MemoryStream();
        using (var zip = new ZipArchive(bytes, ZipArchiveMode.Create, leaveOpen: true))
        {
            foreach (var (path, text) in project)
            {
                using var entry = zip.CreateEntry(below + path).Open();
                entry.Write(Encoding.UTF8.GetBytes(text));
            }
        }

        return bytes.ToArray();
    }
}
