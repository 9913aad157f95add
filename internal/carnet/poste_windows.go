package carnet

import "golang.org/x/sys/windows/registry"

func machine() string {
	cle, err := registry.OpenKey(registry.LOCAL_MACHINE, `SOFTWARE\Microsoft\Cryptography`, registry.QUERY_VALUE|registry.WOW64_64KEY)
	if err != nil {
		return ""
	}
	defer func() { _ = cle.Close() }()
	nom, _, err := cle.GetStringValue("MachineGuid")
	if err != nil {
		return ""
	}
	return nom
}
