#!/bin/bash
# One connection into a host: reads a port's number and a line's end, says "+" when the host has let it in, and passes on from then.
# It ends without a word when the host has not.
IFS= read -r port
[[ $port =~ ^[0-9]{1,5}$ ]] || exit 1
exec 3<> "/dev/tcp/$ICT_HOST_ADDRESS/$port" || exit 1
printf +
exec socat -t30 STDIO FD:3
