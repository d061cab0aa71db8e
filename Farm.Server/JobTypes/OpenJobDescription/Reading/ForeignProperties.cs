namespace Farm.Server.JobTypes.OpenJobDescription.Reading;

/// <summary>Specific error messages for properties of other specification revisions and extensions.</summary>
internal static class ForeignProperties
{
    /// <summary>Why a property is rejected; null if there is no specific message.</summary>
    public static string? Reason(string name) => name switch
    {
        "extensions" => "asks for extensions of the specification; this farm has none of them",
        "endOfLine" => "belongs to an extension of specification 2023-09; this farm writes files with the line ends that the template has",
        "chunks" => "belongs to the extension TASK_CHUNKING, which this farm does not have",
        "bash" or "python" or "cmd" or "powershell" or "node" =>
            "belongs to an extension of specification 2023-09; write actions and embeddedFiles instead",
        "<<" => "is a YAML merge key, which YAML 1.2 does not have",
        _ => null,
    };
}
