using Farm.Server.Domain;
using Farm.Server.JobTypes.FlowServ.Templates;
using Farm.Server.JobTypes.FlowServ.Values;

namespace Farm.Server.JobTypes.FlowServ.Arguments;

/// <summary>Checks the arguments of a run and casts them, in the order of the request (Contracts/FlowServ/Contract.md sections 2.1 and 5).</summary>
internal static class ArgumentReader
{
    /// <summary>Checks and casts all arguments.</summary>
    /// <param name="parameters">The declarations.</param>
    /// <param name="arguments">What was sent.</param>
    /// <param name="upload">Finds an upload of the group by its id; null when there is none.</param>
    /// <exception cref="FarmException">An argument cannot be taken, or one is missing; not found for an upload that the group has not.</exception>
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
