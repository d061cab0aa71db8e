using Farm.Server.Worker.Commands.Workflows;

namespace Farm.Tests.Worker.Commands.Workflows;

public sealed class WorkflowOutputTests
{
    [Fact]
    public void Texts_are_kept_for_each_command_output_before_errors_and_empty_ones_dropped()
    {
        var output = new WorkflowOutput();
        Command(output, "one\n", "e1");
        Command(output, "", "");
        Command(output, "", "e3\n\n");
        Command(output, "four", "");
        Assert.Equal(["one\n", "four", "e1", "e3\n\n"], output.Messages());
    }

    [Fact]
    public void Of_a_command_that_writes_much_the_end_is_kept()
    {
        var output = new WorkflowOutput();
        for (var i = 0; i < 1000; i++) output.Add(false, new string('x', 1000));
        output.Add(false, "the end");
        output.EndCommand();
        var text = Assert.Single(output.Messages());
        Assert.Equal(128 * 1024, text.Length);
        Assert.EndsWith("xthe end", text);
    }

    [Fact]
    public void Of_many_commands_that_write_much_the_last_texts_are_kept_within_what_the_manager_takes()
    {
        var output = new WorkflowOutput();
        for (var i = 0; i < 30; i++) Command(output, $"{i}".PadLeft(100_000), "");
        Command(output, "", "last error");
        var messages = output.Messages();
        Assert.Equal(768 * 1024, messages.Sum(message => message.Length));
        Assert.Equal("last error", messages[^1]);
        Assert.EndsWith("29", messages[^2]);
    }

    private static void Command(WorkflowOutput output, string text, string error)
    {
        output.Add(false, text);
        output.Add(true, error);
        output.EndCommand();
    }
}
