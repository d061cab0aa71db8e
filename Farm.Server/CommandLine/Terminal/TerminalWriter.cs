using System.Text;

namespace Farm.Server.CommandLine.Terminal;

/// <summary>
/// The output of all commands: control characters in names, messages and logs are made visible (<see cref="VisibleText"/>) on their way to the terminal. What
/// Farm itself does with the terminal is a method here.
/// </summary>
/// <param name="inner">The terminal, file or pipe.</param>
internal sealed class TerminalWriter(TextWriter inner) : TextWriter(inner.FormatProvider)
{
    /// <inheritdoc/>
    public override Encoding Encoding => inner.Encoding;

    /// <summary>Puts this in front of both streams of the console, for everything that this process writes.</summary>
    /// <returns>Standard output and standard error.</returns>
    public static (TextWriter Output, TextWriter Error) Install()
    {
        var (output, error) = (new TerminalWriter(Console.Out), new TerminalWriter(Console.Error));
        Console.SetOut(output);
        Console.SetError(error);
        return (output, error);
    }

    /// <summary>Returns to the start of the line, to draw over it.</summary>
    public static void ReturnToStart(TextWriter output) => Raw(output).Write('\r');

    /// <summary>The stream behind, for output that a program reads.</summary>
    public static TextWriter Raw(TextWriter output) => output is TerminalWriter terminal ? terminal.Inner : output;

    private TextWriter Inner => inner;

    /// <inheritdoc/>
    public override void Write(char value) => inner.Write(VisibleText.Of([value]));

    /// <inheritdoc/>
    public override void Write(string? value) => inner.Write(VisibleText.Of(value));

    /// <inheritdoc/>
    public override void Write(char[] buffer, int index, int count) => inner.Write(VisibleText.Of(buffer.AsSpan(index, count)));

    /// <inheritdoc/>
    public override void Write(ReadOnlySpan<char> buffer) => inner.Write(VisibleText.Of(buffer));

    /// <inheritdoc/>
    public override void WriteLine() => inner.WriteLine();

    // In one piece, so that lines of several threads do not mix.
    /// <inheritdoc/>
    public override void WriteLine(string? value) => inner.WriteLine(VisibleText.Of(value));

    /// <inheritdoc/>
    public override void WriteLine(ReadOnlySpan<char> buffer) => inner.WriteLine(VisibleText.Of(buffer));

    /// <inheritdoc/>
    public override void Flush() => inner.Flush();

    /// <inheritdoc/>
    public override Task WriteAsync(char value)
    {
        Write(value);
        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public override Task WriteAsync(string? value)
    {
        Write(value);
        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public override Task WriteLineAsync(string? value)
    {
        WriteLine(value);
        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public override Task WriteLineAsync(ReadOnlyMemory<char> buffer, CancellationToken cancellationToken = default)
    {
        WriteLine(buffer.Span);
        return Task.CompletedTask;
    }
}
