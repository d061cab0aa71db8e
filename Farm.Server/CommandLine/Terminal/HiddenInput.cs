using System.Text;

namespace Farm.Server.CommandLine.Terminal;

/// <summary>Reads what must not be seen on the screen.</summary>
internal static class HiddenInput
{
    /// <summary>Reads a line from the terminal without showing it.</summary>
    public static async Task<string> ReadAsync(TextWriter prompt, string question)
    {
        await prompt.WriteAsync(question);
        await prompt.FlushAsync();
        var typed = new StringBuilder();
        while (Console.ReadKey(intercept: true) is { Key: not ConsoleKey.Enter } key)
        {
            if (key.Key == ConsoleKey.Backspace) typed.Length = Math.Max(0, typed.Length - 1);
            else if (!char.IsControl(key.KeyChar)) typed.Append(key.KeyChar);
        }

        await prompt.WriteLineAsync();
        return typed.ToString();
    }
}
