using System.Text;
using Farm.Server.Domain;
using Farm.Server.Hosting.Configuration;
using Farm.Server.JobTypes.FlowServ.Results;
using Farm.Server.JobTypes.FlowServ.Templates;
using Farm.Server.JobTypes.FlowServ.Values;
using Farm.Server.Operations.Configuration;
using Farm.Server.Yaml;
using Farm.Tests.Support;
using OpenJobReader = Farm.Server.JobTypes.OpenJobDescription.Reading.TemplateReader;

namespace Farm.Tests.Yaml;

/// <summary>Random and mutated YAML: each of its readers gives a value within the limits, or its one kind of error.</summary>
public sealed class YamlFuzzTests
{
    private static readonly string[] Seeds =
    [
        "workflow: {steps: [{name: a, action: {environment: x, commands: [ls, 'a: \"b\"']}}]}\nparameters:\n- &p {name: n, dtype: int, range: \"[0,3]\"}\n- *p\n",
        "specificationVersion: jobtemplate-2023-09\nname: T\nsteps:\n- name: A\n  script: &script\n    actions: {onRun: {command: run, args: ['1'], timeout: 5}}\n- {name: B, script: *script}\n",
        "manager_name: farm\nvariables:\n  x:\n    values:\n    - {platform: linux, value: y}\nshaman: {enabled: true}\n",
        "score: 0x1F\ncounts: {lines: 07_7, half: .5, more: -1.5e+3}\n",
        "%YAML 1.1\n%TAG !e! tag:example.com,2000:\n---\n- !e!x |+2\n   literal\n- >-\n  folded\n\n  more\n- ! plain\n- \"\\x41\\u00e9\\U0001F600\\\n   next\"\n...\n",
        "? a\n: b\n? |\n  c\n: - - d\n  - ? e\n    : f\n# comment\n[g, h: i, {j, k: }]: l\n",
    ];

    private static readonly string[] Pieces =
    [
        "[", "]", "{", "}", ": ", ":", "- ", "-", "? ", ",", "\n", "\n  ", " ", "\t", "\r", "#", "&a ", "*a", "&b", "*b", "!", "!!str ", "!!int ", "!<x> ", "|\n", ">\n", "|2-", "'", "\"",
        "\\", "\\U", "FFFFFFFF", "\\ud800", "\\x", "%", "%YAML 1.1\n", "%TAG ! x\n", "---", "...", "\n---\n", "\n...\n", "0x", "0b1", "0777", "1e999999999", ".inf", "~", "null", "yes", "<<: ",
        "\0", "\u0001", "\uFEFF", "\u2028", "\u0085", "\ud83d\ude00", "\ud83d", "@", "`", "[[[[[[[[[[[[[[[[", "{a: {a: {a: {a: ", "- - - - - - - -", "? ? ? ? ",
    ];

    private static readonly ResultSchema Schema = TemplateReader.Read(YamlValues.Parse(
        "workflow: {}\nresults: {file: r.yaml, schema: [{name: score, label: S, dtype: int}, {name: lines, label: L, dtype: float, path: counts/lines, required: false}]}", "w")).Results!;

    [Fact]
    public void The_reader_gives_a_value_within_the_limits_or_its_one_error() => Fuzz(4000, text =>
    {
        try
        {
            if (YamlReader.Read(text) is { } root) YamlReaderTests.AssertWithinLimits(root);
        }
        catch (InvalidYamlException broken)
        {
            Assert.InRange(broken.Line, 1, text.Count(c => c == '\n') + 1);
        }
    });

    [Fact]
    public void FlowServ_gives_a_value_that_JSON_can_write_or_its_one_error() => Fuzz(2000, text =>
    {
        try
        {
            var value = YamlValues.Parse(text, "w");
            Assert.Equal(JsonValues.Write(value), JsonValues.Write(JsonValues.Parse(JsonValues.Write(value))));
            TemplateReader.Read(value);
        }
        catch (FarmException broken)
        {
            Assert.Equal(ErrorKind.Invalid, broken.Kind);
        }
    });

    [Fact]
    public void A_result_file_gives_values_or_a_reason() => Fuzz(2000, text =>
    {
        try
        {
            JsonValues.Write(ResultReader.Read(text, Schema));
        }
        catch (FarmException broken)
        {
            Assert.NotEmpty(broken.Message);
        }
    });

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_job_template_gives_a_template_or_problems(bool isJson) => Fuzz(2000, text =>
    {
        var reading = OpenJobReader.Read(text, isJson);
        Assert.True(reading.Template is not null || reading.Problems.Count > 0);
    });

    [Fact]
    public void A_settings_file_gives_values_or_a_setting_error()
    {
        using var directory = new TemporaryDirectory();
        Fuzz(500, text =>
        {
            File.WriteAllText(directory["farm.yaml"], text);
            try
            {
                YamlFile.Read(directory["farm.yaml"]);
                YamlFile.Lines(directory["farm.yaml"]);
            }
            catch (SettingException broken)
            {
                Assert.NotEmpty(broken.Message);
            }
        });
    }

    private static void Fuzz(int count, Action<string> read)
    {
        var first = Random.Shared.Next(1_000_000_000);
        for (var seed = first; seed < first + count; seed++)
        {
            var text = Text(new Random(seed));
            try
            {
                read(text);
            }
            catch (Exception error)
            {
                Assert.Fail($"seed {seed}: {error}\n{text}");
            }
        }
    }

    private static string Text(Random random)
    {
        var text = new StringBuilder(random.Next(4) == 0 ? "" : Seeds[random.Next(Seeds.Length)]);
        for (var edits = random.Next(1, 25); edits > 0; edits--)
        {
            var at = random.Next(text.Length + 1);
            switch (random.Next(6))
            {
                case 0 when at < text.Length:
                    text.Remove(at, Math.Min(random.Next(1, 8), text.Length - at));
                    break;
                case 1 when at < text.Length:
                    text[at] = (char)random.Next(random.Next(4) == 0 ? 0x10000 : 0x80);
                    break;
                case 2 when at < text.Length:
                    var part = text.ToString(at, Math.Min(random.Next(1, 40), text.Length - at));
                    text.Insert(random.Next(text.Length + 1), part);
                    break;
                case 3:
                    text.Insert(at, Pieces[random.Next(Pieces.Length)], random.Next(1, 80));
                    break;
                default:
                    text.Insert(at, Pieces[random.Next(Pieces.Length)]);
                    break;
            }
        }

        // As files are read: half of a character becomes a replacement character.
        return Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(text.ToString()));
    }
}
