wrk.method="POST"; wrk.headers["Authorization"]="Bearer dl-1-9c034deee4eb546bf9bf4e6ed0c6068d64d0bc36442827c8"; wrk.headers["Content-Type"]="application/json"
wrk.body='{"inputs":[{"name":"points","datatype":"FP32","shape":[1,2],"data":[0.1,0.2]}]}'
done=function(s,l,r) print(string.format("non-2xx %d connect %d read %d write %d timeout %d p50 %.2f p99 %.2f max %.2f ms",s.errors.status,s.errors.connect,s.errors.read,s.errors.write,s.errors.timeout,l:percentile(50)/1000,l:percentile(99)/1000,l.max/1000)) end
