package outbound

import (
	"net/netip"
)

// inside are the ranges that no message may reach unless the operator lists
// them: the machine itself, private and carriers' networks, and what stands for
// such addresses in IPv6 (RFC 6890, RFC 6052, RFC 3056, RFC 4380).
var inside = prefixes(
	"0.0.0.0/8", "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "169.254.0.0/16", "172.16.0.0/12",
	"192.0.0.0/24", "192.0.2.0/24", "192.88.99.0/24", "192.168.0.0/16", "198.18.0.0/15",
	"198.51.100.0/24", "203.0.113.0/24", "224.0.0.0/4", "240.0.0.0/4",
	"::/96",          // unspecified, loopback, and IPv4 in its oldest disguise
	"64:ff9b::/96",   // NAT64: any IPv4 address, also a private one
	"64:ff9b:1::/48", // NAT64 of a network's own
	"100::/64", "2001::/23", "2001:db8::/32", "2002::/16", "3fff::/20",
	"5f00::/16", "fc00::/7", "fe80::/10", "fec0::/10", "ff00::/8",
)

func prefixes(texts ...string) []netip.Prefix {
	out := make([]netip.Prefix, len(texts))
	for i, t := range texts {
		out[i] = netip.MustParsePrefix(t)
	}
	return out
}

// reachable reports whether a message may go to an address: it lies in none of
// the ranges inside, or in a network the operator listed. An IPv4 address
// written as IPv6 (::ffff:10.0.0.1) is judged as what it stands for.
func reachable(a netip.Addr, allow []netip.Prefix) bool {
	a = a.Unmap().WithZone("")
	within := func(ranges []netip.Prefix) bool {
		for _, p := range ranges {
			if p.Contains(a) {
				return true
			}
		}
		return false
	}
	return a.IsValid() && (within(allow) || !within(inside))
}
