using Farm.Server.Worker.Commands.Workflows;

namespace Farm.Tests.Worker.Commands.Workflows;

public sealed class WorkflowOutputTests
{
    [Fact]
    public void Non_empty_texts_are_kept_per_command_output_before_errors()
    {
        var output = new WorkflowOutput();
        Command(output, "one\n", "e1");
        Command(output, "", "");
        Command(output, "", "e3\n\n");
        Command(output, "four", "");
        Assert.Equal(["one\n", "four", "e1", "e3\n\n"], output.Messages());
    }

    [Fact]
    public void Only_the_end_of_a_long_output_is_kept()
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
    public void The_last_texts_of_many_commands_are_kept_up_to_the_managers_limit()
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
