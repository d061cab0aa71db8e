using System.Text;

namespace Farm.Tests.Drills.Fuzz.Grammar;

/// <summary>A valid request, before mutations. <c>$name$</c> in path, headers and text stands for something that exists (<see cref="Things"/>).</summary>
/// <param name="Method">The method.</param>
/// <param name="Path">The path and query.</param>
/// <param name="Type">The content type; empty without a body.</param>
/// <param name="Body">The body.</param>
/// <param name="Caller">Whose credentials it needs; see <see cref="Things.Credentials"/>.</param>
/// <param name="IsText">Whether the body is text with placeholders.</param>
/// <param name="IsCostly">Whether a valid one takes much of the server's time, as slow hashes do. Costly ones are sent less often.</param>
internal sealed record Sample(string Method, string Path, string Type, byte[] Body, string Caller, bool IsText = true, bool IsCostly = false)
{
    /// <summary>Without a body.</summary>
    public static Sample Of(string method, string path, string caller = "") => new(method, path, "", [], caller);

    /// <summary>With a body of JSON.</summary>
    public static Sample Json(string method, string path, string body, string caller = "") => new(method, path, "application/json", Encoding.UTF8.GetBytes(body), caller);

    /// <summary>With bytes that have no placeholders.</summary>
    public static Sample Bytes(string method, string path, string type, byte[] body, string caller = "") => new(method, path, type, body, caller, IsText: false);

    /// <summary>With a form.</summary>
    public static Sample Form(string path, string body, string caller = "") => new("POST", path, "application/x-www-form-urlencoded", Encoding.UTF8.GetBytes(body), caller);

    /// <summary>The same, sent less often.</summary>
    public Sample Costly() => this with { IsCostly = true };
}
