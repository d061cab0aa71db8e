namespace Farm.Tests.Drills.Load;

/// <summary>A request that can be sent several times.</summary>
/// <param name="Method">The method.</param>
/// <param name="Path">The path.</param>
/// <param name="Body">The body; JSON, if it is a text.</param>
/// <param name="Headers">More headers.</param>
/// <param name="Makes">The names of what it makes, if it is sent only once: if it is refused, they must not exist.</param>
internal sealed record Request(
    string Method, string Path, object? Body = null, IReadOnlyList<(string Name, string Value)>? Headers = null, IReadOnlyList<string>? Makes = null);
