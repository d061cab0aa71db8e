using System.Formats.Tar;
using System.IO.Compression;
using System.Text;

namespace Farm.Tests.Contracts.FlowServ;

/// <summary>Small projects and arguments that would become gigabytes are refused.</summary>
public sealed class ExpansionTests : FlowServTest
{
    private const string Echo = """
        workflow:
          parameters: {text: "$[[text]]"}
          steps:
          - name: echo
            action: {environment: "any", commands: ['COMMAND']}
        parameters:
        - {name: text, dtype: string, label: Text, isRequired: true}
        """;

    [Fact]
    public async Task Instructions_do_not_include_a_file_three_hundred_times()
    {
        var project = new Dictionary<string, string>(Projects.HelloWorld)
        {
            ["docs/instructions.md"] = new StringBuilder().Insert(0, "{{docs/more.md}}", 300).ToString(),
            ["docs/more.md"] = new('x', 1_000_000),
        };
        var said = await Farm.TryInstallAsync(project);
        Assert.Equal(400, said.Status);
        Assert.Contains("would have 300000000 characters with 'docs/more.md' included; the most is 1048576", said.Text.Replace("\\u0027", "'"));
    }

    [Fact]
    public async Task Instructions_include_a_file_as_often_as_fits()
    {
        var project = new Dictionary<string, string>(Projects.HelloWorld) { ["docs/instructions.md"] = "{{docs/more.md}} and {{docs/more.md}}" };
        var id = await Farm.InstallAsync(project);
        Assert.Contains("One a line. and One a line.", (await Farm.DoAsync(200, "GET", $"workflows/{id}", Alice)).ToJsonString());
    }

    [Fact]
    public async Task A_command_does_not_name_a_long_argument_a_thousand_times()
    {
        var workflow = await Farm.InstallAsync(Projects.Of(Echo.Replace("COMMAND", "x " + new StringBuilder().Insert(0, "$text ", 1000)), "Echo"));
        var group = await Farm.GroupAsync(workflow, Alice, "echoes");
        await Farm.StartRunAsync(group, Alice, """[{"name":"text","value":"short"}]""");
        var said = await Farm.SayAsync("POST", $"groups/{group}/runs", Alice, $$"""{"arguments":[{"name":"text","value":"{{new string('a', 1_000_000)}}"}]}""");
        Assert.Equal(400, said.Status);
        Assert.Contains("more than 131072 characters with its arguments", said.Text);
    }

    [Theory]
    [InlineData(TarEntryType.Directory)]
    [InlineData(TarEntryType.Fifo)]
    public async Task An_archive_whose_headers_unpack_to_megabytes_is_refused(TarEntryType type)
    {
        using var bytes = new MemoryStream();
        await using (var packed = new GZipStream(bytes, CompressionLevel.Fastest, leaveOpen: true))
        {
            await using var tar = new TarWriter(packed, TarEntryFormat.Gnu, leaveOpen: true);
            for (var i = 0; i < 20_000; i++)
                await tar.WriteEntryAsync(new GnuTarEntry(type, $"entry{i}"));
        }

        Assert.InRange(bytes.Length, 1, 2 * 1024 * 1024);
        var said = await Farm.TryInstallAsync(bytes.ToArray());
        Assert.Equal(400, said.Status);
        Assert.Contains("is longer than 8388608 bytes", said.Text);
    }
}
