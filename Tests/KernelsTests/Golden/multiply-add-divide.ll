define void @f(i64 %0, float** %1, float* %2, float** %3) #0 {
  %5 = and i64 %0, 15
  %6 = icmp ne i64 %5, 0
  %7 = icmp uge i64 %0, 2097152
  %8 = or i1 %6, %7
  br i1 %8, label %9, label %10

9:                                                ; preds = %4
  tail call void @formulac_arrays_float(i64 %0, float** %1, float* %2, float** %3, void (i64, float**, float*, float**)* @f, i64 16, i64 2, i64 2)
  ret void

10:                                               ; preds = %4
  %11 = icmp eq i64 %0, 0
  br i1 %11, label %12, label %13

12:                                               ; preds = %51, %10
  ret void

13:                                               ; preds = %10
  %14 = load float*, float** %3, align 8
  %15 = getelementptr inbounds float*, float** %3, i64 1
  %16 = load float*, float** %15, align 8
  %17 = load float*, float** %1, align 8
  %18 = getelementptr inbounds float*, float** %1, i64 1
  %19 = load float*, float** %18, align 8
  %20 = load float, float* %2, align 4
  %21 = insertelement <8 x float> poison, float %20, i32 0
  %22 = shufflevector <8 x float> %21, <8 x float> poison, <8 x i32> zeroinitializer
  br label %23

23:                                               ; preds = %23, %13
  %24 = phi i64 [ 0, %13 ], [ %49, %23 ]
  %25 = getelementptr inbounds float, float* %17, i64 %24
  %26 = bitcast float* %25 to <8 x float>*
  %27 = load <8 x float>, <8 x float>* %26, align 4
  %28 = getelementptr inbounds float, float* %25, i64 8
  %29 = bitcast float* %28 to <8 x float>*
  %30 = load <8 x float>, <8 x float>* %29, align 4
  %31 = getelementptr inbounds float, float* %19, i64 %24
  %32 = bitcast float* %31 to <8 x float>*
  %33 = load <8 x float>, <8 x float>* %32, align 4
  %34 = getelementptr inbounds float, float* %31, i64 8
  %35 = bitcast float* %34 to <8 x float>*
  %36 = load <8 x float>, <8 x float>* %35, align 4
  %37 = call <8 x float> @llvm.fma.v8f32(<8 x float> %27, <8 x float> %33, <8 x float> %22)
  %38 = call <8 x float> @llvm.fma.v8f32(<8 x float> %30, <8 x float> %36, <8 x float> %22)
  %39 = fdiv <8 x float> %27, %33
  %40 = fdiv <8 x float> %30, %36
  %41 = getelementptr inbounds float, float* %14, i64 %24
  %42 = bitcast float* %41 to <8 x float>*
  store <8 x float> %37, <8 x float>* %42, align 4
  %43 = getelementptr inbounds float, float* %41, i64 8
  %44 = bitcast float* %43 to <8 x float>*
  store <8 x float> %38, <8 x float>* %44, align 4
  %45 = getelementptr inbounds float, float* %16, i64 %24
  %46 = bitcast float* %45 to <8 x float>*
  store <8 x float> %39, <8 x float>* %46, align 4
  %47 = getelementptr inbounds float, float* %45, i64 8
  %48 = bitcast float* %47 to <8 x float>*
  store <8 x float> %40, <8 x float>* %48, align 4
  %49 = add i64 %24, 16
  %50 = icmp ult i64 %49, %0
  br i1 %50, label %23, label %51

51:                                               ; preds = %23
  br label %12
}
