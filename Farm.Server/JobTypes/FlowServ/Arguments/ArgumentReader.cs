using Farm.Server.Domain;
using Farm.Server.JobTypes.FlowServ.Templates;
using Farm.Server.JobTypes.FlowServ.Values;

namespace Farm.Server.JobTypes.FlowServ.Arguments;

/// <summary>Checks and converts the arguments of a run, in request order (Contracts/FlowServ/Contract.md sections 2.1 and 5).</summary>
internal static class ArgumentReader
{
    /// <summary>Checks and converts all arguments.</summary>
    /// <param name="parameters">The parameter declarations.</param>
    /// <param name="arguments">The submitted arguments.</param>
    /// <param name="upload">Finds an upload of the group by its id; returns null if there is none.</param>
    /// <exception cref="FarmException">An argument is invalid or missing, or the group has no such upload (not found).</exception>
    public static RunArguments Read(IReadOnlyList<Parameter> parameters, IReadOnlyList<Argument> arguments, Func<string, UploadedFile?> upload)
    {
        var values = new Dictionary<string, PyValue>();
        var cast = new ArgumentCast(upload);
        foreach (var (name, value) in arguments)
        {
            if (values.ContainsKey(name)) throw FarmException.Invalid($"non-unique run argument '{name}'");
            var parameter = parameters.FirstOrDefault(parameter => parameter.Name == name) ?? throw FarmException.Invalid($"unknown parameter '{name}'");
            values.Add(name, cast.Cast(parameter, value));
        }

        foreach (var parameter in parameters)
        {
            if (parameter is { IsRequired: true, DefaultValue: null } && !values.ContainsKey(parameter.Name))
                throw FarmException.Invalid($"missing argument for '{parameter.Name}'");
        }

        return new RunArguments(values, cast.Files);
    }
}
