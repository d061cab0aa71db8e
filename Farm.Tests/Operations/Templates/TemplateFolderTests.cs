using Farm.Server.Domain.Events;
using Farm.Server.Operations.Templates;
using Farm.Tests.Support;

namespace Farm.Tests.Operations.Templates;

public sealed class TemplateFolderTests : IDisposable
{
    private static readonly string Good = Templates("a");

    private readonly TemporaryDirectory _directory = new();
    private readonly ListLogger<TemplateFolder> _log = new();
    private readonly TemplateFolder _folder;

    public TemplateFolderTests()
    {
        _folder = new TemplateFolder(_directory["templates"], new FarmEvents(), _log);
        _folder.Open();
    }

    public void Dispose() => _directory.Dispose();

    [Fact]
    public void The_folder_is_created() => Assert.True(Directory.Exists(_directory["templates"]));

    [Fact]
    public void A_file_becomes_a_job_type_of_the_same_name()
    {
        Put("my-type.yaml", Good);
        Put("other.json", """{"specificationVersion": "jobtemplate-2023-09", "name": "T", "steps": [{"name": "S", "script": {"actions": {"onRun": {"command": "run"}}}}]}""");
        Put("third.yml", Good);
        Settle();

        Assert.Equal(["my-type", "other", "third"], _folder.Types.Select(type => type.Info.Name));
    }

    [Theory]
    [InlineData("notes.txt")]
    [InlineData(".hidden.yaml")]
    [InlineData("copy.yaml~")]
    public void Other_files_are_ignored(string name)
    {
        Put(name, Good);
        Settle();

        Assert.Empty(_folder.Files);
    }

    [Fact]
    public void Changing_a_file_changes_the_etag_and_removing_it_removes_the_type()
    {
        Put("a.yaml", Good);
        Settle();
        var before = _folder.Types.Single().Info.Etag;

        Put("a.yaml", Templates("b"));
        Settle();
        Assert.NotEqual(before, _folder.Types.Single().Info.Etag);

        File.Delete(_directory["templates/a.yaml"]);
        Settle();
        Assert.Empty(_folder.Types);
    }

    [Fact]
    public void A_file_is_read_only_once_it_stops_changing()
    {
        Put("a.yaml", Good);
        Settle();
        var before = _folder.Types.Single();

        Put("a.yaml", Good[..20]);
        Assert.True(_folder.Scan());
        Assert.Same(before, _folder.Types.Single());
        Put("a.yaml", Good[..40]);
        Assert.True(_folder.Scan());
        Assert.Same(before, _folder.Types.Single());

        Put("a.yaml", Templates("b"));
        Assert.True(_folder.Scan());
        Assert.False(_folder.Scan());
        Assert.NotSame(before, _folder.Types.Single());
        Assert.DoesNotContain(_log.Lines, line => line.Contains("is invalid"));
    }

    [Fact]
    public void An_invalid_file_is_reported_with_name_line_and_reason_and_affects_no_other()
    {
        Put("a.yaml", Good);
        Put("b.yaml", "specificationVersion: jobtemplate-2023-09\nname: ''\n");
        Settle();

        Assert.Equal(["a"], _folder.Types.Select(type => type.Info.Name));
        Assert.Equal(["1: steps: is missing", "2: name: must not be empty"], _folder.Files[1].Problems.Select(problem => problem.ToString()));
        Assert.Contains(_log.Lines, line => line.Contains("Template b.yaml is invalid. Line 1: steps: is missing (and 1 more"));
    }

    [Fact]
    public void Of_two_files_with_the_same_name_the_second_is_reported_as_a_duplicate()
    {
        Put("a.yaml", Good);
        Put("a.yml", Good);
        Settle();

        Assert.Single(_folder.Types);
        Assert.Equal("a.yaml already defines the job type \"a\"", _folder.Files[1].Problems.Single().Reason);
    }

    [Theory]
    [InlineData("a b.yaml", "the file name is the name of the job type")]
    [InlineData("ä.yaml", "the file name is the name of the job type")]
    public void A_file_name_that_is_not_a_valid_type_name_is_rejected(string name, string reason)
    {
        Put(name, Good);
        Settle();

        Assert.Contains(reason, _folder.Files.Single().Problems.Single().Reason);
    }

    [Fact]
    public void A_file_that_is_not_text_or_too_large_is_rejected()
    {
        File.WriteAllBytes(_directory["templates/a.yaml"], [0x61, 0xff, 0xfe]);
        File.WriteAllText(_directory["templates/b.yaml"], new string(' ', TemplateFile.MaxBytes + 1));
        Settle();

        Assert.Equal("the file is not UTF-8", _folder.Files[0].Problems.Single().Reason);
        Assert.Contains("more than 1048576 bytes", _folder.Files[1].Problems.Single().Reason);
    }

    [Fact]
    public void Types_disappear_with_the_folder_and_return_with_it()
    {
        Put("a.yaml", Good);
        Settle();
        Directory.Move(_directory["templates"], _directory["elsewhere"]);
        Settle();
        Assert.Empty(_folder.Types);

        Directory.Move(_directory["elsewhere"], _directory["templates"]);
        Settle();
        Assert.Single(_folder.Types);
    }

    private static string Templates(string command) =>
        JobTypes.OpenJobDescription.Templates.Around("steps", $"[{{name: S, script: {{actions: {{onRun: {{command: {command}}}}}}}}}]");

    private void Put(string name, string text)
    {
        var path = _directory[$"templates/{name}"];
        var before = File.Exists(path) ? File.GetLastWriteTimeUtc(path) : DateTime.UnixEpoch;
        File.WriteAllText(path, text);
        // Some file systems store times in whole seconds.
        if (File.GetLastWriteTimeUtc(path) <= before) File.SetLastWriteTimeUtc(path, before.AddSeconds(1));
    }

    private void Settle()
    {
        _folder.Scan();
        Assert.False(_folder.Scan());
    }
}
